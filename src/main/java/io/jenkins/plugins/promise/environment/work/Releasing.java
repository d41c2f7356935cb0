package io.jenkins.plugins.promise.environment.work;

import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A manifest on its way to an environment. What cannot be released has all that was done put back.
 *
 * @param from what is there, and what is put back
 * @param cause how it comes to be the head
 * @param placing how far the environment has come in this step
 * @param failure why it is put back; null while it is not
 */
public record Releasing(Head from, Manifest to, Head.Cause cause, Plan plan, Step step, Placing placing, String failure)
        implements Work {
    /** Where it is. */
    public enum Step {
        /** What was left by somebody else is made what the head says. */
        RESTORING,
        /** What differs is released. */
        GOING,
        /** What was there before is released again. */
        BACK
    }

    /**
     * Begins.
     *
     * @param restore whether nobody knows that what is there is the head
     * @param there what is known to be in the environment
     */
    public static Work begin(
            Head from, Manifest to, Head.Cause cause, Plan plan, boolean restore, Map<String, Entry> there) {
        Placing placing = Placing.begin(restore ? from.manifest() : to, plan.trains(), plan.probed(), restore, there);
        return new Releasing(from, to, cause, plan, restore ? Step.RESTORING : Step.GOING, placing, null).onward();
    }

    @Override
    public List<Act> acts() {
        return placing.acts();
    }

    @Override
    public Work after(List<ActResult> results) {
        return at(step, placing.after(results), failure).onward();
    }

    private Work onward() {
        if (!placing.over()) {
            return this;
        }
        Failures failed = placing.failed();
        return switch (step) {
            case RESTORING -> failed.none()
                    ? towards(Step.GOING, to, null)
                    : torn("what somebody else had left cannot be made what it was: " + failed.told());
            case GOING -> failed.none()
                    ? new Ended(new Outcome.Released(from, to, cause))
                    : towards(Step.BACK, from.manifest(), failed.told());
            case BACK -> failed.none()
                    ? new Ended(new Outcome.PutBack(from, failure + left()))
                    : torn(failure + "; and putting back: " + failed.told());
        };
    }

    /** What had not been there before cannot be put back, and is told. */
    private String left() {
        List<String> left = placing.there().keySet().stream()
                .filter(c -> to.entry(c) != null && from.manifest().entry(c) == null)
                .toList();
        return left.isEmpty() ? "" : "; " + String.join(", ", left) + " had not been there, and stays";
    }

    private Work torn(String why) {
        Map<String, Condition.Place> places = new TreeMap<>();
        for (String component : plan.components()) {
            Entry there = placing.there().get(component);
            Entry wanted = from.manifest().entry(component);
            if (there != null || wanted != null || to.entry(component) != null) {
                places.put(
                        component,
                        new Condition.Place(
                                there == null ? null : there.commit(), wanted == null ? null : wanted.commit()));
            }
        }
        return new Ended(new Outcome.Torn(why, places));
    }

    private Work towards(Step next, Manifest target, String why) {
        boolean back = next == Step.BACK;
        Placing then =
                Placing.begin(target, back ? plan.backwards() : plan.trains(), plan.probed(), back, placing.there());
        return at(next, then, why).onward();
    }

    private Releasing at(Step next, Placing then, String why) {
        return new Releasing(from, to, cause, plan, next, then, why);
    }
}
