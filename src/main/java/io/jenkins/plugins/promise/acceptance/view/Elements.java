package io.jenkins.plugins.promise.acceptance.view;

import com.google.common.io.Resources;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** The files of the elements that the pages of both hosts are shown with; they say nothing about a controller. */
public final class Elements {
    private static final Set<String> NAMES = Set.of(
            "chart.js", "confirm.js", "elements.css", "elements.js", "log.js", "time.js", "timeline.js", "watch.js");

    private Elements() {}

    /** What they are called: scripts, and one style sheet. */
    public static Set<String> names() {
        return new TreeSet<>(NAMES);
    }

    /** What is in the one of that name. */
    public static byte[] content(String name) throws IOException {
        return Resources.toByteArray(Resources.getResource(Elements.class, "elements/" + name));
    }
}
