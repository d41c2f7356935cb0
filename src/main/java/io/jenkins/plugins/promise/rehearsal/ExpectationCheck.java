package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what an orchestration did against what its rehearsal expects of the whole. */
final class ExpectationCheck {
    private final Rehearsal rehearsal;
    private final List<Phase> phases;
    private final Map<String, Integer> calls;
    private final Outcome outcome;
    private final Crash crash;

    /**
     * What an orchestration did.
     *
     * @param phases in the order in which they began
     * @param calls how often each worker of the rehearsal was called, by its key
     * @param crash how the script broke off; null if it did not
     */
    ExpectationCheck(
            Rehearsal rehearsal, List<Phase> phases, Map<String, Integer> calls, Outcome outcome, Crash crash) {
        this.rehearsal = rehearsal;
        this.phases = phases;
        this.calls = calls;
        this.outcome = outcome;
        this.crash = crash;
    }

    List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        calls(differences);
        phases(differences);
        report(differences);
        state(differences);
        crash(differences);
        return differences;
    }

    private void calls(List<Difference> differences) {
        for (WorkerPart part : rehearsal.workers().values()) {
            int called = calls.getOrDefault(part.key(), 0);
            if (called != part.count()) {
                differences.add(new Difference(
                        rehearsal.file() + ":" + part.line(),
                        "calls of worker '" + part.key() + "'" + hint(part, called),
                        times(part.count()),
                        times(called)));
            }
        }
    }

    private String hint(WorkerPart part, int called) {
        List<String> others = phases.stream()
                .flatMap(p -> p.calls().stream().map(WorkerCall::name))
                .filter(n -> !rehearsal.workers().containsKey(n))
                .toList();
        return called == 0 ? Nearest.hint(part.key(), others) : "";
    }

    private static String times(int number) {
        return switch (number) {
            case 0 -> "never";
            case 1 -> "once";
            default -> number + " times";
        };
    }

    private void phases(List<Difference> differences) {
        List<String> names = phases.stream().map(Phase::name).toList();
        if (rehearsal.phases() != null && !rehearsal.phases().equals(names)) {
            differences.add(new Difference(
                    rehearsal.file() + ":" + rehearsal.line("phases"),
                    "phases",
                    String.join(", ", rehearsal.phases()),
                    String.join(", ", names)));
        }
    }

    private void report(List<Difference> differences) {
        JsonNode expected = rehearsal.report().value();
        if (expected == null) {
            return;
        }
        Difference.first("report", expected, ReportYaml.observed(outcome)).ifPresent(place -> {
            String why = place.path().equals("report.status") ? "; its reason is: " + outcome.reason() : "";
            differences.add(new Difference(
                    rehearsal.file() + ":" + rehearsal.report().line(place.path()),
                    place.path() + why,
                    place.expected().toString(),
                    place.observed() == null ? "nothing" : place.observed().toString()));
        });
    }

    /** Where a success was expected the status differs, and its reason is told there. */
    private void crash(List<Difference> differences) {
        JsonNode expected = rehearsal.report().value();
        boolean told = expected != null && expected.path("status").asText().equals(ReportStatus.SUCCESS.name());
        if (crash != null && outcome.status() == ReportStatus.FAILURE && !told) {
            crash.unexpectedIn(rehearsal).ifPresent(differences::add);
        }
    }

    private void state(List<Difference> differences) {
        String state = outcome.status() == ReportStatus.SUCCESS ? "FULFILLED" : "REJECTED";
        if (rehearsal.state() != null && !rehearsal.state().equals(state)) {
            differences.add(new Difference(
                    rehearsal.file() + ":" + rehearsal.line("state"),
                    "the promise's state; its reason is: " + outcome.reason(),
                    rehearsal.state(),
                    state));
        }
    }

    /**
     * A script that broke off by a mistake of its own: no worker failed, and nobody said {@code error}.
     *
     * @param at where; line 0 if it is not known
     * @param what what went wrong
     */
    record Crash(ScriptSource.Location at, String what) {
        /** What is told where the rehearsal does not name it as the reason; any failure would do for it otherwise. */
        Optional<Difference> unexpectedIn(Rehearsal rehearsal) {
            String expected = rehearsal.report().value() == null
                    ? ""
                    : rehearsal.report().value().path("reason").asText();
            return expected.contains(what)
                    ? Optional.empty()
                    : Optional.of(Difference.of(
                            at.line() > 0 ? at.file() + ":" + at.line() : at.file(),
                            "the script breaks off by a mistake of its own, and a FAILURE was expected for another reason: "
                                    + what
                                    + "; mend it, or, if it is meant, say error '…' there, or name this reason in "
                                    + rehearsal.file() + ":" + rehearsal.line("report") + " under report:"));
        }
    }
}
