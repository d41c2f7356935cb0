package io.jenkins.plugins.promise.acceptance.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How a submission becomes a promise: nothing invalid is accepted, and what is accepted is on disk. */
public final class Acceptance {
    private final Ledger ledger;
    private final Catalog catalog;
    private final AcceptanceGate gate;
    private final EndpointGuard guard;
    private final Secrets secrets;
    private final Drafts drafts;
    private volatile boolean accepting = true;

    public Acceptance(
            Ledger ledger, Catalog catalog, AcceptanceGate gate, EndpointGuard guard, Secrets secrets, Drafts drafts) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.gate = gate;
        this.guard = guard;
        this.secrets = secrets;
        this.drafts = drafts;
    }

    /** Refuses everything from now on. */
    public void stop() {
        accepting = false;
    }

    /**
     * Accepts a submission. When this returns, the promise is on disk.
     *
     * @throws Refused if it is not accepted; nothing was stored then
     */
    public Accepted submit(Submission submission) throws Refused {
        gate.enter();
        try {
            return written(judged(submission));
        } finally {
            gate.leave();
        }
    }

    /**
     * Accepts submissions that no host queues by itself, in that order, and together: they wait for the disk once. When
     * this returns, each is on disk or refused, or one before it could not be taken in just now.
     *
     * @return the answers, in the same order
     */
    public List<Submitted> submit(List<Submission> submissions) {
        List<Submitted> answers = new ArrayList<>();
        gate.enter();
        try {
            for (Submission submission : submissions) {
                Submitted before = answers.isEmpty() ? null : answers.get(answers.size() - 1);
                answers.add(before != null && before.comesLater() ? before : answer(submission));
            }
            answers.forEach(a -> a.ifAccepted().ifPresent(this::noteUse));
        } finally {
            gate.leave();
        }
        return answers;
    }

    private Submitted answer(Submission submission) {
        try {
            return judged(submission);
        } catch (Refused e) {
            return Submitted.refused(e);
        } catch (RuntimeException e) {
            return Submitted.failed(e);
        }
    }

    private Accepted written(Submitted submitted) throws Refused {
        Accepted accepted = submitted.accepted();
        noteUse(accepted);
        return accepted;
    }

    private void noteUse(Accepted accepted) {
        if (!accepted.repeated()) {
            catalog.used(accepted.promise().version());
        }
    }

    private Submitted judged(Submission submission) throws Refused {
        refuseIfStopped();
        Deployed job = job(submission.job());
        refusePlacement(job, submission);
        IdempotencyKey key = key(job, submission).orElse(null);
        CheckedInputs inputs = check(job, submission.inputs());
        if (inputs.violations().isEmpty()) {
            return Submitted.of(ledger.accept(drafts.of(job, inputs, submission, key)), key);
        }
        // A repeated key counts before the contract, which may have changed since; else it is looked up with the taking
        // in.
        Optional<Taken.Repeated> earlier = key == null ? Optional.empty() : ledger.keyOwner(key);
        if (earlier.isPresent()) {
            return Submitted.of(CompletableFuture.completedFuture(earlier.get()), key);
        }
        throw invalid(job, inputs);
    }

    private static Refused invalid(Deployed job, CheckedInputs inputs) {
        return new Refused(
                Refused.Why.INVALID, "the inputs do not fit the contract of " + job.version(), inputs.violations());
    }

    private void refuseIfStopped() throws Refused {
        if (!accepting) {
            throw Refused.shuttingDown();
        }
    }

    /** An orchestration takes no executor, so there is nothing that could be placed. */
    private static void refusePlacement(Deployed job, Submission submission) throws Refused {
        ParentCall call = submission.parent();
        if (call != null && job.kind() == JobKind.ORCHESTRATION && (call.node() != null || call.label() != null)) {
            throw new Refused(
                    Refused.Why.INVALID,
                    "the worker '" + call.worker() + "' is given a " + (call.node() != null ? "node" : "label")
                            + ", but " + job.version()
                            + " is an orchestration, which runs on none; give it to the workers that it calls");
        }
    }

    /**
     * Judges a submission from memory alone, for a host that holds its queue meanwhile. Nothing is stored. A pruning that
     * has closed the gate is not waited for, because it may need that queue to delete a version: deleting the version ends
     * what was queued for it.
     *
     * @param id the promise's
     * @return the promise, which is not in the ledger
     * @throws Refused if it cannot be accepted
     */
    public Promise judge(Submission submission, String id) throws Refused {
        refuseIfStopped();
        Deployed job = catalog.known(submission.job())
                .orElseThrow(() -> new Refused(
                        Refused.Why.UNAVAILABLE,
                        "the version " + submission.job()
                                + " is not deployed, or cannot be used; the operator's list of jobs says why"));
        CheckedInputs inputs = check(job, submission.inputs());
        if (!inputs.violations().isEmpty()) {
            throw invalid(job, inputs);
        }
        return drafts.of(job, inputs, submission, null, id);
    }

    /** The job of that name or version. */
    public Deployed job(String name) throws Refused {
        Optional<Deployed> job = catalog.resolve(name);
        if (job.isPresent()) {
            return job.get();
        }
        if (catalog.broken(name).isPresent()) {
            throw new Refused(
                    Refused.Why.UNAVAILABLE,
                    "the job cannot be used: its version cannot be read; the operator's list of jobs says why");
        }
        throw Refused.unknown(
                "promise job",
                name,
                catalog.all().stream().map(Deployed::name).distinct().toList());
    }

    /** Checks inputs against a job's contract, and callback URLs against the receivers allowed. */
    public CheckedInputs check(Deployed job, GivenInputs given) {
        CheckedInputs inputs = job.contract().check(given);
        List<Violation> refused = new ArrayList<>();
        for (Input callback : job.contract().callbacks()) {
            Object url = inputs.values().get(callback.name());
            if (url != null) {
                guard.refusal(URI.create(url.toString()))
                        .ifPresent(r -> refused.add(new Violation(callback.name(), r)));
            }
        }
        return inputs.with(refused);
    }

    private Optional<IdempotencyKey> key(Deployed job, Submission submission) throws Refused {
        if (submission.key() == null) {
            return Optional.empty();
        }
        if (submission.key().isBlank() || submission.key().length() > IdempotencyKey.MAX_LENGTH) {
            throw new Refused(
                    Refused.Why.INVALID,
                    "Idempotency-Key must have between 1 and " + IdempotencyKey.MAX_LENGTH + " characters");
        }
        return Optional.of(
                new IdempotencyKey(job.name(), submission.key(), secrets.fingerprint(canonical(submission.inputs()))));
    }

    /** What was given, not what became of it: a default that a deployment adds makes a repeated submission no other one. */
    private static String canonical(GivenInputs given) {
        ObjectNode canonical = Json.mapper().createObjectNode();
        new TreeMap<>(given.values()).forEach(canonical::put);
        return canonical.toString();
    }
}
