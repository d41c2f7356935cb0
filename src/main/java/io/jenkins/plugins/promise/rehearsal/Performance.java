package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.report.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of a rehearsal.
 *
 * @param rehearsal which
 * @param phases what was called, phase by phase
 * @param outcome the report
 * @param brokeOff whether the script broke off by a mistake of its own that the rehearsal does not name
 * @param differences all that was not as it should be; empty if it went well
 * @param marks the marks of the script that it came to
 * @param printed the orchestration's log
 * @param virtual how long it would have taken
 * @param took how long it took
 */
public record Performance(
        Rehearsal rehearsal,
        List<PerformedPhase> phases,
        Outcome outcome,
        boolean brokeOff,
        List<Difference> differences,
        Set<Integer> marks,
        List<String> printed,
        Duration virtual,
        Duration took) {
    /** Copies what it is given. */
    public Performance {
        phases = new ArrayList<>(phases);
        differences = new ArrayList<>(differences);
        marks = new TreeSet<>(marks);
        printed = new ArrayList<>(printed);
    }

    /** Whether its file says nothing of the report and the state. */
    public boolean expectsNothing() {
        return rehearsal.report().value() == null && rehearsal.state() == null;
    }

    /** Whether all was as it should be. */
    public boolean good() {
        return differences.isEmpty();
    }
}
