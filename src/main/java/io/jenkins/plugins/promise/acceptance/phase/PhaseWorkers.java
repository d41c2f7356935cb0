package io.jenkins.plugins.promise.acceptance.phase;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.submission.Submitted;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.PhaseCommand;
import io.jenkins.plugins.promise.orchestration.PhaseProgress;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The promises of a phase's workers, found by the places of their calls. */
final class PhaseWorkers {
    private static final Logger LOGGER = Logger.getLogger(PhaseWorkers.class.getName());
    private static final double MILLIS = 1_000;

    private final Phase phase;
    private final String orchestration;
    private final Promises promises;
    private final Function<WorkerCall, String> version;
    private final Map<Integer, Promise> latest = new HashMap<>();
    /** Calls that were refused; for the disk they may be there all the same, and nobody builds them yet. */
    private final Set<String> doubtful = new HashSet<>();

    /**
     * The workers of a phase, none of which is known yet.
     *
     * @param version the version that a call means, or the name it was given
     */
    PhaseWorkers(Phase phase, String orchestration, Promises promises, Function<WorkerCall, String> version) {
        this.phase = phase;
        this.orchestration = orchestration;
        this.promises = promises;
        this.version = version;
    }

    /** Why one of the calls is not accepted; nothing if all would be. */
    Optional<String> refusal() {
        for (int index = 0; index < phase.calls().size(); index++) {
            Optional<String> refusal = refusal(phase.calls().get(index), call(index, 1));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> refusal(WorkerCall worker, ParentCall call) {
        if (call.level() > ParentCall.MOST_LEVELS) {
            return Optional.of("worker '" + worker.name() + "' would stand on level " + call.level()
                    + " of orchestrations that call each other, and " + ParentCall.MOST_LEVELS
                    + " is the most; call it from an orchestration further up");
        }
        Optional<String> foreign = worker.files().stream()
                .filter(id -> found(id)
                        .map(Promise::parent)
                        .filter(p -> p.promise().equals(orchestration))
                        .isEmpty())
                .findFirst();
        if (foreign.isPresent()) {
            return Optional.of("worker '" + worker.name() + "' is to get files of " + foreign.get()
                    + ", which is no worker of this orchestration");
        }
        try {
            Deployed called = promises.job(version.apply(worker));
            List<Violation> violations =
                    promises.check(called, GivenInputs.of(worker.inputs())).violations();
            return violations.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the inputs do not fit the contract of " + called.version() + ": "
                            + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        } catch (Refused e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * The promises of calls: those there are, and others, which are taken in together.
     *
     * @return an answer for each call, in the same order
     */
    List<Called> promises(List<PhaseCommand.Submit> commands) {
        List<Called> called = new ArrayList<>();
        List<Submission> missing = new ArrayList<>();
        for (PhaseCommand.Submit command : commands) {
            ParentCall call = call(command.index(), command.attempt());
            Optional<Promise> before = found(call.id()).filter(p -> !doubtful.contains(call.id()));
            called.add(new Called(command, before.orElse(null)));
            if (before.isEmpty()) {
                missing.add(submission(command.call(), call));
            }
        }
        missing.forEach(submission -> doubtful.add(submission.parent().id()));
        Iterator<Submitted> answers = promises.submit(missing).iterator();
        called.stream().filter(c -> c.found == null).forEach(c -> c.answer = answers.next());
        return called;
    }

    private Submission submission(WorkerCall worker, ParentCall call) {
        return Submission.called(meant(worker, call), GivenInputs.of(worker.inputs()), call);
    }

    /** What was called before is called again, whatever it is named by now. */
    private String meant(WorkerCall worker, ParentCall call) {
        return call.attempt() == 1
                ? version.apply(worker)
                : found(call(call.index(), call.attempt() - 1).id())
                        .map(Promise::version)
                        .orElseGet(() -> version.apply(worker));
    }

    /** Ends a worker; a later attempt may have been under way before a restart, and then that is the one to end. */
    void cancel(PhaseCommand.Cancel command) {
        int attempt = command.attempt();
        while (found(call(command.index(), attempt + 1).id()).isPresent()) {
            attempt++;
        }
        cancel(call(command.index(), attempt).id(), command.why());
    }

    /** Ends a promise that may have ended by itself. */
    void cancel(String id, String why) {
        try {
            promises.cancel(id, why);
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "it has ended by itself, or never began", e);
        }
    }

    /** How a promise ended that is settled. */
    WorkerResult result(Promise worker) {
        latest.put(worker.parent().index(), worker);
        Outcome outcome;
        try {
            outcome = promises.report(worker.id())
                    .map(Report::outcome)
                    .orElseGet(() -> Outcome.failure("its report is gone"));
        } catch (IOException e) {
            outcome = Outcome.failure("its report cannot be read: " + e.getMessage());
        }
        Instant settled = worker.settlement().orElseThrow().at();
        double seconds = Duration.between(worker.accepted(), settled).toMillis() / MILLIS;
        return new WorkerResult(outcome, worker.version(), worker.id(), promises.url(worker.id()), seconds);
    }

    /** What is noted of them in the phase. */
    List<PhaseRecord.WorkerRecord> records(PhaseProgress progress) {
        List<PhaseRecord.WorkerRecord> records = new ArrayList<>();
        for (int index = 0; index < phase.calls().size(); index++) {
            WorkerCall call = phase.calls().get(index);
            Promise worker = latest.get(index);
            Optional<WorkerResult> result = progress.result(index);
            records.add(new PhaseRecord.WorkerRecord(
                    call.name(),
                    worker == null ? version.apply(call) : worker.version(),
                    worker == null ? null : worker.id(),
                    Math.max(1, progress.attempt(index)),
                    result.map(r -> r.outcome().status().name()).orElse(null),
                    result.map(r -> r.outcome().reason()).orElse(null),
                    result.map(WorkerResult::seconds).orElse(null)));
        }
        return records;
    }

    /** The promise of that id; nothing if there is none. */
    Optional<Promise> found(String id) {
        try {
            return Optional.of(promises.find(id));
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    private ParentCall call(int index, int attempt) {
        WorkerCall call = phase.calls().get(index);
        return new ParentCall(
                orchestration,
                phase.number(),
                index,
                call.name(),
                attempt,
                call.node(),
                call.label(),
                call.files(),
                phase.fence());
    }

    /** A call, and what became of it. */
    final class Called {
        private final PhaseCommand.Submit command;
        private final Promise found;
        private Submitted answer;

        private Called(PhaseCommand.Submit command, Promise found) {
            this.command = command;
            this.found = found;
        }

        PhaseCommand.Submit command() {
            return command;
        }

        /**
         * Its promise.
         *
         * @throws Refused if it was not accepted
         */
        Promise promise() throws Refused {
            Promise worker = found == null ? answer.accepted().promise() : found;
            doubtful.remove(worker.id());
            latest.put(command.index(), worker);
            return worker;
        }
    }
}
