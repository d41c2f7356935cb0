package io.jenkins.plugins.promise.contract.file;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A promise job as its author wrote it.
 *
 * @param name the folder's name, which is the job's common name
 * @param kind orchestration or worker
 * @param script the script's file name inside the job's folder
 * @param files other files of the suite that the job needs, relative to the suite
 * @param about one line for people; null for none
 * @param contract what the job promises
 * @param label a worker's label expression; null for any node
 * @param tokenVariable the environment variable that holds the submit token; null for none
 * @param lines where the keys stand, for later findings
 */
public record JobFile(
        String name,
        JobKind kind,
        String script,
        List<String> files,
        String about,
        Contract contract,
        String label,
        String tokenVariable,
        Lines lines) {

    /** Copies what it is given. */
    public JobFile {
        files = new ArrayList<>(files);
    }

    /**
     * Where a job file's keys stand.
     *
     * @param file the job file, relative to the suite
     * @param script the line of the key {@code script}
     * @param files the line of the key {@code files}
     * @param inputs the line of each input
     */
    public record Lines(String file, int script, int files, Map<String, Integer> inputs) {
        /** Copies what it is given. */
        public Lines {
            inputs = new TreeMap<>(inputs);
        }
    }
}
