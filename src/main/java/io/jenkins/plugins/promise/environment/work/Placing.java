package io.jenkins.plugins.promise.environment.work;

import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An environment on its way to a manifest: it is looked at, what differs is released train by train, and looked at again
 * after each.
 *
 * @param order the trains, in the order of their release
 * @param probed the components that can be asked which commit runs
 * @param goOn whether the others are released too after one could not be
 * @param there what is known to be there; what is not in it is not known
 * @param train which train it is at
 * @param failed what could not be released
 */
public record Placing(
        Manifest target,
        List<List<String>> order,
        Set<String> probed,
        boolean goOn,
        Map<String, Entry> there,
        Step step,
        int train,
        Failures failed) {
    /** Where it is. */
    public enum Step {
        /** Everything is asked what runs. */
        LOOK,
        /** What differs in a train is released. */
        RELEASE,
        /** What was released is asked what runs. */
        CONFIRM,
        /** Nothing is left to do. */
        OVER
    }

    /** Copies what it is given. */
    public Placing {
        order = new ArrayList<>(order);
        probed = new TreeSet<>(probed);
        there = new TreeMap<>(there);
    }

    /** An environment that is to become a manifest. */
    public static Placing begin(
            Manifest target, List<List<String>> order, Set<String> probed, boolean goOn, Map<String, Entry> there) {
        return new Placing(target, order, probed, goOn, there, Step.LOOK, 0, Failures.NONE).onward();
    }

    /** What is to be done now, all at the same time; empty if it is over. */
    public List<Act> acts() {
        return switch (step) {
            case LOOK -> order.stream()
                    .flatMap(List::stream)
                    .filter(c -> target.entry(c) != null && probed.contains(c))
                    .map(c -> new Act(Act.Kind.PROBE, c, target.entry(c)))
                    .toList();
            case RELEASE -> order.get(train).stream()
                    .filter(this::differs)
                    .map(c -> new Act(Act.Kind.RELEASE, c, target.entry(c)))
                    .toList();
            case CONFIRM -> order.get(train).stream()
                    .filter(c -> target.entry(c) != null
                            && probed.contains(c)
                            && !failed.components().contains(c))
                    .map(c -> new Act(Act.Kind.PROBE, c, target.entry(c)))
                    .toList();
            case OVER -> List.of();
        };
    }

    private boolean differs(String component) {
        Entry wanted = target.entry(component);
        return wanted != null && !wanted.same(there.get(component));
    }

    /** After what was to be done was done, or not. */
    public Placing after(List<ActResult> results) {
        Map<String, Entry> now = new TreeMap<>(there);
        Map<String, String> broken = new TreeMap<>(failed.reasons());
        for (ActResult result : results) {
            String component = result.act().component();
            seen(result, now.remove(component)).ifPresent(e -> now.put(component, e));
            boolean wrong = result.ok() && !result.act().entry().same(now.get(component));
            if (step == Step.RELEASE && !result.ok()) {
                broken.put(component, result.reason());
            } else if (step == Step.CONFIRM && (!result.ok() || wrong)) {
                broken.put(
                        component,
                        result.ok()
                                ? "runs " + result.commit() + " after "
                                        + result.act().entry().commit() + " was released"
                                : result.reason());
            }
        }
        boolean stop = !broken.isEmpty() && !goOn;
        Step next = stop ? Step.OVER : step == Step.RELEASE ? Step.CONFIRM : Step.RELEASE;
        return new Placing(
                        target,
                        order,
                        probed,
                        goOn,
                        now,
                        next,
                        step == Step.CONFIRM ? train + 1 : train,
                        new Failures(broken))
                .onward();
    }

    /**
     * What is there of a component, after something was done.
     *
     * @param before what was known to be there; null for nothing
     */
    public static Optional<Entry> seen(ActResult result, Entry before) {
        Act act = result.act();
        if (!result.ok()) {
            return Optional.empty();
        }
        if (act.kind() == Act.Kind.RELEASE) {
            return Optional.of(act.entry());
        }
        if (result.commit() == null || (before != null && before.is(result.commit()))) {
            return Optional.ofNullable(before);
        }
        return Optional.of(act.entry().is(result.commit()) ? act.entry() : Entry.of(result.commit()));
    }

    /** Past the steps in which there is nothing to do. */
    private Placing onward() {
        Placing at = this;
        while (at.step != Step.OVER && (at.train >= order.size() || at.acts().isEmpty())) {
            at = switch (at.step) {
                case LOOK -> at.at(Step.RELEASE, 0);
                case RELEASE -> at.train >= order.size()
                        ? at.at(Step.OVER, at.train)
                        : at.at(Step.RELEASE, at.train + 1);
                default -> at.at(Step.RELEASE, at.train + 1);
            };
        }
        return at;
    }

    private Placing at(Step other, int number) {
        return new Placing(target, order, probed, goOn, there, other, number, failed);
    }

    /** Whether nothing is left to do. */
    public boolean over() {
        return step == Step.OVER;
    }
}
