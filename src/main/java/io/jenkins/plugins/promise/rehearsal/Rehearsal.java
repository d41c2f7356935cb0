package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.rehearsal.environment.RehearsedPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One rehearsal, as its file has it.
 *
 * @param file relative to the suite
 * @param job the orchestration
 * @param about one line for people; null for none
 * @param inputs as they are submitted
 * @param environments as they are at its beginning, by name; one that is not named is empty
 * @param workers by their keys
 * @param phases the names of all phases, in their order; null for any
 * @param report parts of the report that must be there
 * @param state {@code FULFILLED} or {@code REJECTED}; null for any
 * @param lines the lines of the file's own keys
 */
public record Rehearsal(
        String file,
        String job,
        String about,
        Map<String, String> inputs,
        Map<String, RehearsedPlace> environments,
        Map<String, WorkerPart> workers,
        List<String> phases,
        Expected report,
        String state,
        Map<String, Integer> lines) {
    /** Copies what it is given. */
    public Rehearsal {
        inputs = new LinkedHashMap<>(inputs);
        environments = new LinkedHashMap<>(environments);
        workers = new LinkedHashMap<>(workers);
        phases = phases == null ? null : new ArrayList<>(phases);
        lines = new TreeMap<>(lines);
    }

    /** The file's name without folder and ending. */
    public String name() {
        return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
    }

    /** The line of one of the file's own keys; 1 if it is not there. */
    int line(String key) {
        return lines.getOrDefault(key, 1);
    }
}
