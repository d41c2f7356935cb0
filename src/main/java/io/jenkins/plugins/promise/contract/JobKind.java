package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two kinds of promise job. */
public enum JobKind {
    /** Groovy: which order. */
    ORCHESTRATION,
    /** Bash or any script: what to do. */
    WORKER;

    /** The word for this in a job file. */
    @JsonValue
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
