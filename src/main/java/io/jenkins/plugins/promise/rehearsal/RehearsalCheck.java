package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.suite.Suite;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be known of a rehearsal without performing it. */
public final class RehearsalCheck {
    private final Suite suite;

    /** A check of the rehearsals of a suite. */
    public RehearsalCheck(Suite suite) {
        this.suite = suite;
    }

    /** The inputs of a run; receivers that nobody names are somewhere that does not exist. */
    static Map<String, String> inputs(Rehearsal rehearsal, Contract contract) {
        Map<String, String> given = new LinkedHashMap<>(rehearsal.inputs());
        for (Input callback : contract.callbacks()) {
            given.putIfAbsent(
                    callback.name(),
                    "https://rehearsal.invalid/" + callback.receives().keyword());
        }
        return given;
    }

    /** What would fail it whatever its script does: its inputs, and answers that no worker could give. */
    public List<Finding> problems(Rehearsal rehearsal) {
        List<Finding> problems = new ArrayList<>();
        Suite.SuiteJob job = suite.jobs().get(rehearsal.job());
        Contract contract = job.file().contract();
        contract.check(GivenInputs.of(inputs(rehearsal, contract)))
                .violations()
                .forEach(v -> problems.add(
                        Finding.error(rehearsal.file(), rehearsal.line("inputs"), "inputs", v.toString())));
        rehearsal.workers().values().forEach(part -> worker(rehearsal, job, part, problems));
        return problems;
    }

    private void worker(Rehearsal rehearsal, Suite.SuiteJob job, WorkerPart part, List<Finding> problems) {
        String field = "workers." + part.key();
        if (part.job() != null && !suite.jobs().containsKey(part.job())) {
            problems.add(Finding.error(
                    rehearsal.file(),
                    part.line(),
                    field,
                    "there is no job '" + part.job() + "' in this suite"
                            + Nearest.hint(part.job(), suite.jobs().keySet())));
        }
        Optional<Contract> called = called(job, part);
        if (called.isEmpty()) {
            return;
        }
        if (part.inputs().value() != null) {
            for (Iterator<String> names = part.inputs().value().fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (called.get().input(name) == null) {
                    problems.add(Finding.error(
                            rehearsal.file(),
                            part.inputs().line("inputs." + name),
                            field,
                            "there is no input '" + name + "'"
                                    + Nearest.hint(name, called.get().names())));
                }
            }
        }
        if (part.count() == 0) {
            // Nobody asks it, so that it need not say what it would answer.
            return;
        }
        for (Answer answer : part.answers()) {
            CallCheck.problem(answer, called.get())
                    .ifPresent(p -> problems.add(Finding.error(rehearsal.file(), part.line(), field, p)));
        }
    }

    /** The contract of what it stands for, where that is known: the job it names, or one that is called by its own name. */
    private Optional<Contract> called(Suite.SuiteJob job, WorkerPart part) {
        String name = part.key().substring(part.key().indexOf('/') + 1);
        String meant = part.job() != null ? part.job() : job.uses().contains(name) ? name : "";
        return Optional.ofNullable(suite.jobs().get(meant)).map(j -> j.file().contract());
    }
}
