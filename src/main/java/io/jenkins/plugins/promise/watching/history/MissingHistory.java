package io.jenkins.plugins.promise.watching.history;

import java.util.ArrayList;
import java.util.List;

/** What has changed cannot be told: commits are missing, or it was not said since when. */
public final class MissingHistory extends Exception {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> problems;

    /** A history that lacks these, each with what to do. */
    public MissingHistory(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Each with what to do. */
    public List<String> problems() {
        return new ArrayList<>(problems);
    }
}
