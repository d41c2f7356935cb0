package io.jenkins.plugins.promise.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.suite.Suite;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds a call of a worker against the contract of what it calls, and against what the rehearsal says of it. */
final class CallCheck {
    private final Suite suite;
    private final String file;

    /**
     * A check of the calls of one rehearsal.
     *
     * @param file the rehearsal's
     */
    CallCheck(Suite suite, String file) {
        this.suite = suite;
        this.file = file;
    }

    /** The contract of what a call means; nothing if that is not in the suite. */
    Optional<Contract> contract(WorkerCall call) {
        return Optional.ofNullable(suite.jobs().get(call.job()))
                .map(j -> j.file().contract());
    }

    /**
     * What is not as it must be.
     *
     * @param line where the script declares the call
     */
    List<Difference> check(WorkerCall call, WorkerPart part, String line) {
        Optional<Contract> called = contract(call);
        if (called.isEmpty()) {
            return List.of(Difference.of(
                    line,
                    "worker '" + call.name() + "' calls the job '" + call.job() + "', which is not in this suite"
                            + Nearest.hint(call.job(), suite.jobs().keySet())));
        }
        List<Difference> differences = new ArrayList<>();
        List<Violation> violations =
                called.get().check(GivenInputs.of(call.inputs())).violations();
        if (!violations.isEmpty()) {
            differences.add(Difference.of(
                    line,
                    "worker '" + call.name() + "' does not fit the contract of " + call.job() + ": "
                            + violations.stream().map(Violation::toString).collect(Collectors.joining("; "))));
        }
        if (part.job() != null && !part.job().equals(call.job())) {
            differences.add(
                    new Difference(line, "worker '" + call.name() + "' calls another job", part.job(), call.job()));
        }
        if (part.inputs().value() != null) {
            part.inputs().value().fields().forEachRemaining(e -> input(
                            call, called.get(), part, e.getKey(), e.getValue(), line)
                    .ifPresent(differences::add));
        }
        return differences;
    }

    /** An answer that the worker's contract would not let pass. */
    Optional<Difference> answer(WorkerCall call, WorkerPart part, Answer answer) {
        return contract(call)
                .flatMap(c -> problem(answer, c))
                .map(p -> Difference.of(file + ":" + part.line(), "worker '" + part.key() + "' " + p));
    }

    /** What a worker of that contract could not answer; nothing if it could. */
    static Optional<String> problem(Answer answer, Contract contract) {
        Optional<Outcome> given = answer.outcome();
        Optional<Outcome> checked = given.map(g -> g.checkedAgainst(contract.outputs()));
        return checked.equals(given)
                ? RehearsedFiles.problem(answer, contract)
                : checked.map(c -> "cannot answer this: " + c.reason());
    }

    private Optional<Difference> input(
            WorkerCall call, Contract called, WorkerPart part, String name, JsonNode expected, String line) {
        String where = file + ":" + part.inputs().line("inputs." + name);
        if (called.input(name) == null) {
            return Optional.of(Difference.of(
                    where,
                    "worker '" + part.key() + "': " + name + " is not an input of " + call.job()
                            + Nearest.hint(name, called.names())));
        }
        String given = call.inputs().get(name);
        if (same(expected, given)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                line,
                "worker '" + call.name() + "' is called with another " + name + " than " + where + " says",
                name + ": " + expected,
                name + ": " + (given == null ? "not given" : new TextNode(given))));
    }

    private static boolean same(JsonNode expected, String given) {
        if (given == null || expected.isNull()) {
            return given == null && expected.isNull();
        }
        try {
            return expected.isNumber()
                    ? expected.decimalValue().compareTo(new BigDecimal(given)) == 0
                    : expected.asText().equals(given);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
