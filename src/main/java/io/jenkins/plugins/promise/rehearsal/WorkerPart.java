package io.jenkins.plugins.promise.rehearsal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rehearsal says of one worker.
 *
 * @param key its name in its phase, or {@code phase/name}
 * @param line where it is written
 * @param job the job that must be called; null for any
 * @param answers one for each call; the last one also for all further calls
 * @param count how often it must be called
 * @param files the names of the workers whose files it must be given; null for any
 * @param inputs what it must be called with, at least
 */
public record WorkerPart(
        String key, int line, String job, List<Answer> answers, int count, List<String> files, Expected inputs) {
    /** Copies what it is given. */
    public WorkerPart {
        answers = new ArrayList<>(answers);
        files = files == null ? null : new ArrayList<>(files);
    }

    /** The answer to its call of that number, from 1. */
    Answer answer(int call) {
        return answers.get(Math.min(call, answers.size()) - 1);
    }
}
