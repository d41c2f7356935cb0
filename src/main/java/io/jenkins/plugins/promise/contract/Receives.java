package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is sent to a callback. */
public enum Receives {
    /** What is going to be reported, sent when the submission has been accepted. */
    REGISTRATION,
    /** The report that settles the promise. */
    REPORT;

    /** The word for this in a job file. */
    @JsonValue
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that keyword, if there is one. */
    public static Optional<Receives> of(String keyword) {
        return Arrays.stream(values()).filter(r -> r.keyword().equals(keyword)).findFirst();
    }
}
