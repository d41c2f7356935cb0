package io.jenkins.plugins.promise.engine;

import com.cloudbees.groovy.cps.Outcome;
import java.util.List;
import java.util.Objects;

/** How the end of one branch of a program touches the others. */
final class Branches {
    private final ProgramHost host;
    private final ProgramState state;
    private final Waits waits;

    Branches(ProgramHost host, ProgramState state, Waits waits) {
        this.host = host;
        this.state = state;
        this.waits = waits;
    }

    /** Ends what a branch waits for, or what the branches wait for that it waits for. */
    void interrupt(Branch branch, Interruption cause) {
        if (branch.group != null) {
            interruptAll(branch.group, cause);
            return;
        }
        if (branch.phase != null) {
            waits.cancelled(branch.phase, cause.getMessage());
            branch.phase = null;
        }
        if (branch.asks != null) {
            waits.withdrawn(branch.question, branch.asks);
            branch.asks = null;
        }
        branch.wakes = null;
        branch.fail(cause);
    }

    private void interruptAll(BranchGroup group, Interruption cause) {
        List.copyOf(group.names.keySet()).stream()
                .map(state.branches::get)
                .filter(Objects::nonNull)
                .forEach(child -> interrupt(child, cause));
    }

    /** Takes note that a branch of {@code parallel} has ended; the last one lets the script go on. */
    void ended(Branch branch, Outcome outcome) {
        state.branches.remove(branch.id);
        Branch parent = state.branches.get(branch.parent);
        BranchGroup group = parent.group;
        String name = group.names.remove(branch.id);
        if (outcome.isFailure()) {
            host.print("branch '" + name + "' failed: " + outcome.getAbnormal().getMessage());
            if (group.failure == null) {
                group.failure = outcome.getAbnormal();
                if (group.failFast) {
                    interruptAll(group, new Interruption("branch '" + name + "' failed", 0));
                }
            }
        } else {
            group.values.put(name, outcome.getNormal());
        }
        if (group.names.isEmpty()) {
            parent.group = null;
            parent.resume = group.outcome();
        }
    }
}
