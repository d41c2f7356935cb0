package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.rehearsal.Coverage;
import io.jenkins.plugins.promise.rehearsal.Performance;
import io.jenkins.plugins.promise.rehearsal.PerformedPhase;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is shown of rehearsals: a line for each that went well, and all that happened in one that did not. */
final class PerformanceText {
    private static final double MILLIS = 1_000;

    private final PrintWriter out;
    private final boolean verbose;

    /**
     * On that writer.
     *
     * @param verbose whether all that happened is shown also where all went well
     */
    PerformanceText(PrintWriter out, boolean verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    /** How long something took. */
    static String took(Duration time) {
        return time.toMillis() + " ms";
    }

    void show(Performance performance) {
        String phases = performance.phases().stream().map(PerformedPhase::name).collect(Collectors.joining(" → "));
        out.println("  " + (performance.good() ? "✓ " : "✗ ")
                + performance.rehearsal().name() + "  "
                + took(performance.took())
                + (performance.virtual().isZero() ? "" : " for " + seconds(performance.virtual()))
                + "  " + phases + (phases.isEmpty() ? "" : " → ")
                + performance.outcome().status());
        performance.printed().forEach(line -> out.println("      │ " + line));
        if (verbose || !performance.good()) {
            performance.phases().forEach(this::show);
            out.println("      " + performance.outcome().status() + ": "
                    + performance.outcome().reason());
        }
        performance.differences().forEach(d -> d.toString().lines().forEach(line -> out.println("    ! " + line)));
    }

    private void show(PerformedPhase phase) {
        out.println("      phase " + phase.name() + at(phase.begun()));
        phase.calls()
                .forEach(c -> out.println(
                        "        " + mark(c.status()) + " " + c.worker() + ": " + c.reason() + at(c.answered())));
    }

    /** Nothing at the beginning: most rehearsals take no time. */
    private static String at(Duration time) {
        return time == null || time.isZero() ? "" : "  (at " + seconds(time) + ")";
    }

    private static String seconds(Duration time) {
        return time.toMillis() % MILLIS == 0
                ? time.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.3f s", time.toMillis() / MILLIS);
    }

    void show(Coverage coverage) {
        out.println("  covered: " + coverage.linesRun() + " of " + Counted.of(coverage.lines(), "line") + ", "
                + coverage.branchesRun() + " of " + Counted.of(coverage.branches(), "branch"));
        coverage.never().forEach(n -> out.println("    " + n));
    }

    private static String mark(String status) {
        return switch (status) {
            case "SUCCESS" -> "✓";
            case "FAILURE" -> "✗";
            default -> status;
        };
    }
}
