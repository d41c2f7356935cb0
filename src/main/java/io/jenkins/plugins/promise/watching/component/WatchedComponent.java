package io.jenkins.plugins.promise.watching.component;

import java.util.ArrayList;
import java.util.List;

/**
 * What a controller must know of a component to build it when it has changed.
 *
 * @param name its name
 * @param repository what git clones
 * @param branch the branch whose commits are built
 * @param watch what must change for the component to have changed
 * @param needs the components that must be built before it
 * @param starts the common names of the jobs that a change may start, the best one first
 * @param tests the common names of all jobs that build and test it
 * @param phases the phases of these that must have passed for a commit to have passed
 */
public record WatchedComponent(
        String name,
        String repository,
        String branch,
        List<Watch> watch,
        List<String> needs,
        List<String> starts,
        List<String> tests,
        List<String> phases) {
    /** Copies what it is given. */
    public WatchedComponent {
        watch = new ArrayList<>(watch);
        needs = new ArrayList<>(needs);
        starts = new ArrayList<>(starts);
        tests = new ArrayList<>(tests);
        phases = new ArrayList<>(phases);
    }

    /** The branch that it is built from. */
    public Branch source() {
        return new Branch(repository, branch);
    }
}
