package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds the builds of promises, and the builds that asked for promises. */
@SuppressWarnings("try") // who acts is all that the resource is for
final class PromiseRuns {
    private static final Logger LOGGER = Logger.getLogger(PromiseRuns.class.getName());

    private final JenkinsCatalog catalog;
    private final Promises promises;

    PromiseRuns(JenkinsCatalog catalog, Promises promises) {
        this.catalog = catalog;
        this.promises = promises;
    }

    /** The build of a promise, if Jenkins has one, whoever asks: a deadline's thread is nobody, and must find it too. */
    Optional<Run<?, ?>> run(Promise promise) {
        Optional<String> build = promise.progress().build();
        if (build.isPresent()) {
            try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
                Run<?, ?> run = Run.fromExternalizableId(build.get());
                if (run != null && isOf(run, promise)) {
                    return Optional.of(run);
                }
            }
        }
        return catalog.item(promise.version()).flatMap(job -> newest(job, promise));
    }

    /** After a crash the promise may not know its build yet; the build knows its promise. */
    private static Optional<Run<?, ?>> newest(Job<?, ?> job, Promise promise) {
        for (Run<?, ?> run : job.getBuilds()) {
            if (isOf(run, promise)) {
                return Optional.of(run);
            }
            if (run.getTimeInMillis() < promise.accepted().toEpochMilli()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(Run<?, ?> run, Promise promise) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        return action != null && !action.disowned() && action.getPromise().equals(promise.id());
    }

    /** Takes a build from its promise, which gets another one: how it ends says nothing any more. */
    static void disown(Run<?, ?> run) {
        run.getAction(BuildPromiseAction.class).disown();
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "after the next start " + run + " may count again", e);
        }
    }

    /** The build that asked for a promise; nothing if no build did, or it is gone. */
    Optional<Run<?, ?>> caller(Promise promise) {
        Submitter submitter = promise.submitter();
        if (submitter.kind() != Submitter.Kind.UPSTREAM) {
            return Optional.empty();
        }
        try {
            return promise.parent() == null
                    ? Optional.ofNullable(Run.fromExternalizableId(submitter.name()))
                    : run(promises.find(submitter.name()));
        } catch (IllegalArgumentException | Refused e) {
            LOGGER.log(Level.FINE, "who asked for " + promise.id() + " is gone", e);
            return Optional.empty();
        }
    }
}
