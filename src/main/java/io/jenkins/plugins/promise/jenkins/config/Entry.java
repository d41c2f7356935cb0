package io.jenkins.plugins.promise.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * What an administrator has entered in a field: words with spaces, commas or lines between them.
 *
 * @param text null for nothing
 */
record Entry(String field, String text) {
    /** The words. */
    List<String> words() {
        return text == null
                ? List.of()
                : Arrays.stream(text.trim().split("[\\s,]+"))
                        .filter(w -> !w.isEmpty())
                        .toList();
    }

    /**
     * The one time that was entered.
     *
     * @throws IllegalArgumentException if it is none
     */
    Duration time() {
        return time(String.valueOf(text));
    }

    /**
     * The words as times.
     *
     * @throws IllegalArgumentException naming the first that is none
     */
    List<Duration> times() {
        return words().stream().map(this::time).toList();
    }

    private Duration time(String word) {
        return JobFileReader.duration(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        field + " must be a time such as 90s, 30m, 12h or 7d, not '" + word + "'"));
    }

    /** Whether times were entered, and nothing else, as a form tells an administrator. */
    FormValidation checkedAsTimes() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        List<String> words = words();
        return !words.isEmpty()
                        && words.stream()
                                .allMatch(w -> JobFileReader.duration(w).isPresent())
                ? FormValidation.ok()
                : FormValidation.error(Messages.PromiseContract_Deadline());
    }
}
