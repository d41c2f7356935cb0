package io.jenkins.plugins.promise.local.console.job;

import java.util.ArrayList;
import java.util.List;

/**
 * What the page of two versions of a job shows.
 *
 * @param job the common name
 * @param from the one version
 * @param to the other
 * @param files what is not the same in them
 */
public record DiffList(String job, String from, String to, List<FileDiff> files) {
    /** Copies what it is given. */
    public DiffList {
        files = new ArrayList<>(files);
    }

    /**
     * A file that is not the same.
     *
     * @param name its name
     * @param change new, changed or removed
     * @param lines what is different in it, with some lines around it
     */
    public record FileDiff(String name, String change, List<Line> lines) {
        /** Copies what it is given. */
        public FileDiff {
            lines = new ArrayList<>(lines);
        }
    }

    /**
     * A line of a difference.
     *
     * @param kind added, removed, same or hunk
     * @param text the line with its first character, {@code +}, {@code -} or a space
     */
    public record Line(String kind, String text) {}
}
