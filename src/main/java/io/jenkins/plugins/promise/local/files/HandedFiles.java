package io.jenkins.plugins.promise.local.files;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.local.worker.WorkspaceContent;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import io.jenkins.plugins.promise.report.files.HandedFile;
import io.jenkins.plugins.promise.report.files.NameClaims;
import io.jenkins.plugins.promise.report.files.NotKept;
import io.jenkins.plugins.promise.report.files.ProducedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Hands on what workers produce: into the workspace of one that was called with it, and out of that of one that ends. */
public final class HandedFiles {
    private final FileStore store;
    private final Promises promises;
    private final Catalog catalog;
    private final Clock clock;

    /** What is kept in that store. */
    public HandedFiles(FileStore store, Promises promises, Catalog catalog, Clock clock) {
        this.store = store;
        this.promises = promises;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** What concerns one worker. */
    public WorkspaceContent of(Promise promise, Deployed job) {
        return new WorkspaceContent() {
            @Override
            public void bring(Path workspace, RunLog log) throws NotKept, IOException {
                HandedFiles.this.bring(promise, workspace, log);
            }

            @Override
            public Outcome keep(Path workspace, Outcome outcome, RunLog log) {
                return HandedFiles.this.keep(promise, job.contract(), workspace, outcome, log);
            }
        };
    }

    /**
     * Puts what a worker was called with into its empty workspace.
     *
     * @param log gets a line for each worker that it is from
     * @throws NotKept if something of it is not there, or not as it was
     * @throws IOException if the disk does not take it
     */
    private void bring(Promise promise, Path workspace, RunLog log) throws NotKept, IOException {
        if (promise.parent() == null || promise.parent().files().isEmpty()) {
            return;
        }
        NameClaims claims = new NameClaims();
        for (String id : promise.parent().files()) {
            Promise from = producer(promise, id);
            String worker = from.parent().worker();
            Optional<KeptFiles> kept = store.find(id);
            if (kept.isEmpty() && produces(from)) {
                throw new NotKept(
                        "what '" + worker + "' produced is not on this machine: it lies on the controller that"
                                + " ran it, or its time to be kept is over");
            }
            if (kept.isEmpty()) {
                log.print("'" + worker + "' produces no files");
                continue;
            }
            for (ProducedFile file : kept.get().files()) {
                claims.claim(worker, file.name());
                try (InputStream content = store.open(id, kept.get(), file)) {
                    new HandedFile(worker, file).into(workspace, content);
                } catch (NoSuchFileException e) {
                    throw new NotKept(file.name() + ", which '" + worker + "' produced, is gone");
                }
            }
            log.print("got " + Counted.of(kept.get().files().size(), "file") + " from '" + worker + "'");
        }
    }

    private Promise producer(Promise called, String id) throws NotKept, IOException {
        try {
            Promise from = promises.find(id);
            if (from.parent() == null
                    || !from.parent().promise().equals(called.parent().promise())) {
                throw new NotKept(id + " is no worker of the same orchestration");
            }
            return from;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Refused e) {
            throw new NotKept("there is no worker " + id);
        }
    }

    private boolean produces(Promise from) {
        return catalog.resolve(from.version())
                .map(job -> !job.contract().produces().isEmpty())
                .orElse(true);
    }

    /**
     * Keeps what a worker has produced that ended well.
     *
     * @param log gets a line that tells how much it is
     * @return how it ended, or that what it should have produced is not kept
     */
    private Outcome keep(Promise promise, Contract contract, Path workspace, Outcome outcome, RunLog log) {
        if (outcome.status() != ReportStatus.SUCCESS || contract.produces().isEmpty()) {
            return outcome;
        }
        Integer days = contract.keep().days();
        Instant until = days == null ? null : clock.instant().plus(Duration.ofDays(days));
        try {
            KeptFiles kept = store.keep(promise.id(), workspace, contract.produces(), until);
            log.print("kept " + Counted.of(kept.files().size(), "file") + ", " + kept.bytes() + " bytes");
            return outcome;
        } catch (NotKept e) {
            return Outcome.failure("what it produced is not kept: " + e.getMessage());
        } catch (IOException e) {
            return Outcome.failure("what it produced could not be kept on this machine: " + e.getMessage());
        }
    }
}
