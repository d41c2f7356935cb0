package io.jenkins.plugins.promise.cli.completion;

import java.util.Arrays;
import java.util.Optional;

/** What an argument may name that somebody knows, by the word that stands for it in the usage. */
enum Known {
    JOB("JOB"),
    VERSION("VERSION"),
    CASE("CASE"),
    REHEARSAL("JOB[/NAME]"),
    ID("ID"),
    WORKER("WORKER"),
    ENVIRONMENT("ENVIRONMENT");

    private final String label;

    Known(String label) {
        this.label = label;
    }

    static Optional<Known> of(String label) {
        return Arrays.stream(values()).filter(k -> k.label.equals(label)).findFirst();
    }
}
