package io.jenkins.plugins.promise.watching.history;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A component that must be built and tested again.
 *
 * @param component its name
 * @param first whether no commit of it has passed yet
 * @param files of those that it watches, which differ; from the top of the repository
 * @param needs the changed components that it needs, directly or not
 */
public record Change(String component, boolean first, Set<String> files, Set<String> needs) {
    /** Copies what it is given. */
    public Change {
        files = new TreeSet<>(files);
        needs = new TreeSet<>(needs);
    }

    Change(String component, Collection<String> files) {
        this(component, false, new TreeSet<>(files), Set.of());
    }

    static Change first(String component) {
        return new Change(component, true, Set.of(), Set.of());
    }

    Change needing(Set<String> changed) {
        return new Change(component, first, files, changed);
    }
}
