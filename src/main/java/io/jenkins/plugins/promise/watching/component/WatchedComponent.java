package io.jenkins.plugins.promise.watching.component;

import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.JobName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    /** As git has it, as far as a ref that is fetched could be mistaken for another, or for a pattern. */
    private static final Pattern BRANCH =
            Pattern.compile("[^-\\s~^:?*\\[\\\\\\x00-\\x1f\\x7f][^\\s~^:?*\\[\\\\\\x00-\\x1f\\x7f]{0,254}");

    /** What the names of a component's jobs end with; the last one releases. */
    private static final List<String> JOB_SUFFIXES =
            List.of("-build-test", "-build-test-stage", "-build-test-stage-release");

    /** Copies what it is given; nothing in it may be null. */
    public WatchedComponent {
        watch = new ArrayList<>(List.copyOf(watch));
        needs = new ArrayList<>(List.copyOf(needs));
        starts = new ArrayList<>(List.copyOf(starts));
        tests = new ArrayList<>(List.copyOf(tests));
        phases = new ArrayList<>(List.copyOf(phases));
    }

    /** What is wrong with it, as it came from somebody else's machine; nothing if it can be watched. */
    public Optional<String> problem() {
        if (name == null || !JobName.valid(name)) {
            return Optional.of("'" + name + "' is no component's name");
        }
        return Optional.ofNullable(repository)
                .map(RepositoryUrl::problem)
                .orElse(Optional.of("must be given"))
                .map(p -> "repository " + p)
                .or(() -> branch == null || !BRANCH.matches(branch)
                        ? Optional.of("branch '" + branch + "' is no branch's name")
                        : Optional.empty())
                .or(() -> watch.stream()
                        .flatMap(w -> w.trouble().stream())
                        .findFirst()
                        .map(p -> "watch " + p))
                .or(this::otherJob)
                .map(p -> name + ": " + p);
    }

    /**
     * Whoever declares a component may deploy its jobs, but perhaps not build any others. A release takes what has passed, or
     * a person's reason why it need not: no push starts one.
     */
    private Optional<String> otherJob() {
        String release = JOB_SUFFIXES.get(JOB_SUFFIXES.size() - 1);
        return starts.stream()
                .filter(job -> job.equals(name + release))
                .findFirst()
                .map(job -> "'" + job + "' releases, which no push starts")
                .or(() -> Stream.concat(starts.stream(), tests.stream())
                        .filter(job -> JOB_SUFFIXES.stream().noneMatch(s -> job.equals(name + s)))
                        .findFirst()
                        .map(job -> "'" + job + "' is no job of it"));
    }

    /** The branch that it is built from. */
    public Branch source() {
        return new Branch(repository, branch);
    }
}
