package io.jenkins.plugins.promise.environment.work;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Candidates that are tested with the head that they are to change. The first so many of them are known to pass, the first
 * so many to fail; between the two it is halved until one alone is to blame. What failed with that one is run again without it.
 *
 * @param base the head that they are to change
 * @param candidates in order
 * @param good how many of the first are known to pass together
 * @param bad how many of the first are known to fail together; one more than there are while none are
 * @param trial how many of the first are there now, or are to be
 * @param step where it is
 * @param placing how far the environment has come to the manifest that is tested
 * @param failures what failed with the first {@code bad}
 * @param tested what was tested with the first {@code good}
 * @param left components that are there, or half there, though neither the head nor a candidate has them
 */
public record Integrating(
        Head base,
        Plan plan,
        List<Candidate> candidates,
        int good,
        int bad,
        int trial,
        Step step,
        Placing placing,
        Failures failures,
        List<String> tested,
        Set<String> left)
        implements Work {
    /** Where it is. */
    public enum Step {
        /** The environment is brought to what is tested. */
        PLACING,
        /** It is tested. */
        TESTING,
        /** The environment is brought to what was there without the candidate that is blamed. */
        CLEARING,
        /** What failed is run again there. */
        CONFIRMING
    }

    /** Copies what it is given. */
    public Integrating {
        candidates = new ArrayList<>(candidates);
        tested = new ArrayList<>(tested);
        // What an earlier build has saved knows of none.
        left = left == null ? Set.of() : new TreeSet<>(left);
    }

    /**
     * Begins.
     *
     * @param there what is known to be in the environment
     * @param met all components that were ever brought there, known or not
     */
    public static Work begin(
            Head base, Plan plan, List<Candidate> candidates, Map<String, Entry> there, Set<String> met) {
        int all = candidates.size();
        Set<String> left = new TreeSet<>(met);
        left.removeAll(base.manifest().withAll(candidates).entries().keySet());
        return new Integrating(
                        base,
                        plan,
                        candidates,
                        0,
                        all + 1,
                        all,
                        Step.PLACING,
                        Placing.begin(base.manifest().withAll(candidates), plan.trains(), plan.probed(), false, there),
                        Failures.NONE,
                        List.of(),
                        left)
                .onward();
    }

    private Manifest first(int count) {
        return base.manifest().withAll(candidates.subList(0, count));
    }

    private List<Long> numbers(int from, int to) {
        return candidates.subList(from, to).stream().map(Candidate::number).toList();
    }

    /** The components of the first candidates, and all that depend on them, as far as they are there and have a test. */
    private List<String> tests(int count) {
        Set<String> changed = new TreeSet<>();
        candidates.subList(0, count).forEach(c -> changed.addAll(c.entries().keySet()));
        Manifest there = first(count);
        return plan.touched(changed).stream()
                .filter(c -> plan.tested().contains(c) && there.entry(c) != null)
                .toList();
    }

    /** Those that failed and were there before the candidate that is blamed. */
    private List<String> again() {
        Manifest before = first(good);
        return failures.components().stream()
                .filter(c -> plan.tested().contains(c) && before.entry(c) != null)
                .toList();
    }

    @Override
    public List<Act> acts() {
        return switch (step) {
            case PLACING, CLEARING -> placing.acts();
            case TESTING -> integrations(tests(trial), first(trial));
            case CONFIRMING -> integrations(again(), first(good));
        };
    }

    private static List<Act> integrations(List<String> components, Manifest there) {
        return components.stream()
                .map(c -> new Act(Act.Kind.INTEGRATION, c, there.entry(c)))
                .toList();
    }

    @Override
    public Work after(List<ActResult> results) {
        return switch (step) {
            case PLACING, CLEARING -> in(step, placing.after(results)).onward();
            case TESTING -> {
                Failures failed = Failures.of(results);
                yield failed.none() ? passed() : broke(failed);
            }
            case CONFIRMING -> confirmed(Failures.of(results));
        };
    }

    /** After what failed was run again without the candidate that is blamed. */
    private Work confirmed(Failures failed) {
        if (failed.none()) {
            return rejected("; without it that passes");
        }
        Set<String> stays = stays();
        return failed.components().stream().noneMatch(c -> Collections.disjoint(stays, plan.behind(List.of(c))))
                ? rejected("; without it that fails still, for " + String.join(", ", stays)
                        + " is there, which nothing takes away, or the base was broken before")
                : doubted("the base is broken: without it too, " + failed.told(), failed.components());
    }

    /** Holds the queue for what failed, and for what these components meet there that should not be there. */
    private Work doubted(String why, Set<String> components) {
        Set<String> doubts = doubts(components);
        return held(
                doubts.isEmpty()
                        ? why
                        : why + "; but " + String.join(", ", doubts)
                                + ", which it depends on, is there still, though it was never released: take it away",
                true,
                doubts);
    }

    private Set<String> doubts(Set<String> components) {
        Set<String> doubts = plan.behind(components);
        doubts.retainAll(left);
        return doubts;
    }

    /** The components that the blamed candidate was the first to bring. */
    private Set<String> stays() {
        return candidates.get(bad - 1).newTo(first(good));
    }

    /** Past the steps in which there is nothing to do. */
    private Work onward() {
        if (!placing.over()) {
            return this;
        }
        if (step == Step.PLACING) {
            if (!placing.failed().none()) {
                return broke(placing.failed());
            }
            Integrating testing = in(Step.TESTING, placing);
            return testing.acts().isEmpty() ? testing.passed() : testing;
        }
        if (!placing.failed().none()) {
            return held(
                    "the base is broken: what was there before cannot be released either: "
                            + placing.failed().told(),
                    false,
                    Set.of());
        }
        Integrating confirming = in(Step.CONFIRMING, placing);
        return confirming.acts().isEmpty() ? confirming.rejected("") : confirming;
    }

    private Work passed() {
        if (trial == candidates.size()) {
            return new Ended(new Outcome.Integrated(
                    base, first(trial), tests(trial), numbers(0, trial), null, List.of(), Set.of()));
        }
        return with(trial, bad, failures, tests(trial)).halved();
    }

    private Work broke(Failures failed) {
        return with(good, trial, failed, tested).halved();
    }

    private Work halved() {
        return bad - good == 1 ? towards(good, Step.CLEARING) : towards((good + bad) / 2, Step.PLACING);
    }

    private Work towards(int count, Step next) {
        Placing then = Placing.begin(first(count), plan.trains(), plan.probed(), false, placing.there());
        return new Integrating(base, plan, candidates, good, bad, count, next, then, failures, tested, left).onward();
    }

    private Work rejected(String without) {
        if (!doubts(failures.components()).isEmpty()) {
            return doubted(failures.told(), failures.components());
        }
        Candidate blamed = candidates.get(bad - 1);
        String reason = "rejected " + blamed.told() + ": " + failures.told() + without;
        return new Ended(new Outcome.Integrated(
                base,
                first(good),
                tested,
                numbers(0, good),
                new Outcome.Rejection(blamed.number(), reason, new ArrayList<>(failures.components())),
                numbers(bad, candidates.size()),
                stays()));
    }

    private Work held(String why, boolean placed, Set<String> there) {
        return new Ended(new Outcome.Held(base, why, numbers(0, candidates.size()), placed && good == 0, there));
    }

    private Integrating in(Step next, Placing then) {
        return new Integrating(base, plan, candidates, good, bad, trial, next, then, failures, tested, left);
    }

    private Integrating with(int passes, int fails, Failures failed, List<String> tests) {
        return new Integrating(base, plan, candidates, passes, fails, trial, step, placing, failed, tests, left);
    }
}
