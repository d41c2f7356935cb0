package io.jenkins.plugins.promise.farm.local;

import java.time.Instant;
import java.util.List;

/**
 * What runs, as the supervisor has it.
 *
 * @param supervisor its process
 * @param controller the controller's process; 0 for none
 * @param begun when that was started, so that another process of the same number is not taken for it
 * @param what what it was started as; null for none
 * @param refused when that was asked for which did not come up; null for none
 * @param trouble why not, or why the last one ended; null for no trouble
 * @param restarts how often it was started again since the supervisor began
 * @param agents the agents' processes
 */
public record Running(
        long supervisor,
        long controller,
        Instant begun,
        Wanted what,
        Instant refused,
        String trouble,
        int restarts,
        List<Agent> agents) {
    /** Copies what it is given. */
    public Running {
        agents = agents == null ? List.of() : List.copyOf(agents);
    }

    /**
     * An agent that runs.
     *
     * @param as what it was started as
     * @param process its process
     * @param begun when that was started
     */
    public record Agent(Wanted.Agent as, long process, Instant begun) {}

    /** Whether that is what runs. */
    public boolean runs(Wanted wanted) {
        return what != null && what.digest().equals(wanted.digest());
    }
}
