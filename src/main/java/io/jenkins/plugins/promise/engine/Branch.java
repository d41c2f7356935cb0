package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import io.jenkins.plugins.promise.orchestration.environment.HeldLease;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** A line of execution: the script itself, or a branch of {@code parallel}. It waits, or knows what it goes on with. */
final class Branch implements Serializable {
    private static final long serialVersionUID = 1;

    final int id;
    /** The branch that waits for it; null for the script itself. */
    final Integer parent;

    final Continuable continuable;
    /** When each watch of a timeout ends, by its timer. */
    final TreeMap<Integer, Instant> timeouts = new TreeMap<>();
    /** What it goes on with; null while it waits. */
    transient Outcome resume;
    /** The phase whose body it runs. */
    Phase declaring;
    /** The phase that it waits for. */
    Phase phase;
    /** What it asks of an environment and waits for. */
    EnvironmentCall asks;
    /** The number of that question. */
    int question;
    /** The fences of the leases that it has, or that the branch has which waits for it, the innermost last; null for none. */
    private LinkedHashMap<String, Long> leases;
    /** The timer of the sleep that it waits for. */
    int timer;
    /** When that sleep ends. */
    Instant wakes;
    /** The branches that it waits for. */
    BranchGroup group;

    Branch(int id, Integer parent, Continuable continuable) {
        this.id = id;
        this.parent = parent;
        this.continuable = continuable;
        this.resume = new Outcome(null, null);
    }

    /** The fences of the leases that it has, by environment, the innermost last. */
    LinkedHashMap<String, Long> leases() {
        if (leases == null) {
            // What an earlier build has saved has none.
            leases = new LinkedHashMap<>();
        }
        return leases;
    }

    /** The innermost of them; null for none. */
    HeldLease lease() {
        return leases().entrySet().stream()
                .reduce((outer, inner) -> inner)
                .map(l -> new HeldLease(l.getKey(), l.getValue()))
                .orElse(null);
    }

    void goOn(Object value) {
        resume = new Outcome(value, null);
    }

    /** An exception made here knows nothing of the script; it is given the lines at which the branch stands. */
    void fail(StepException e) {
        e.setStackTrace(lines().toArray(StackTraceElement[]::new));
        resume = new Outcome(null, e);
    }

    /** Where it stands. */
    List<StackTraceElement> lines() {
        return continuable.getStackTrace();
    }
}
