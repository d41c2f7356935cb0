package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.QuietLog;
import io.jenkins.plugins.promise.ledger.log.PromiseLogs;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the logs of promises' builds in the ledger, for as many days as the contract says and at most as long as the
 * promise is kept, whatever becomes of the builds. They are copied on a thread of its own; no executor waits for it.
 */
public final class KeptLogs implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(KeptLogs.class.getName());
    private static final long LAST_ONES_SECONDS = 10;

    private final QuietLog troubles = new QuietLog(LOGGER);
    private final Ledger ledger;
    private final PromiseLogs logs;
    private final Catalog catalog;
    private final Supplier<PromiseSettings> settings;
    private final Clock clock;
    private final Consumer<Promise> then;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "promise-logs");
        made.setDaemon(true);
        return made;
    });

    /**
     * The logs of a controller.
     *
     * @param then is told of promises whose builds are not needed for their logs any more
     */
    public KeptLogs(
            Ledger ledger, Catalog catalog, Supplier<PromiseSettings> settings, Clock clock, Consumer<Promise> then) {
        this.ledger = ledger;
        this.logs = new PromiseLogs(ledger);
        this.catalog = catalog;
        this.settings = settings;
        this.clock = clock;
        this.then = then;
    }

    /** A promise's build has ended, and its log is whole. Returns at once. */
    void ended(String promise, Run<?, ?> run) {
        try {
            thread.execute(() -> keep(promise, run).ifPresent(then));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the log stays with the build", e);
        }
    }

    /** A promise's build is about to be deleted: its log is kept now, if it was not. */
    void deleted(String promise, Run<?, ?> run) {
        try {
            if (!logs.kept(promise)) {
                var unused = keep(promise, run);
            }
        } catch (UncheckedIOException e) {
            troubles.log("the log of " + run + " is not kept", e.getCause());
        }
    }

    /** Tells the promise if its log is kept. */
    private Optional<Promise> keep(String id, Run<?, ?> run) {
        try {
            Optional<Promise> promise = ledger.find(id);
            if (promise.isPresent()) {
                logs.keep(
                        id,
                        out -> run.getLogText().writeLogTo(0, out),
                        clock.instant().plus(days(promise.get())));
            }
            return promise;
        } catch (IOException | RuntimeException e) {
            troubles.log("the log of " + run + " is not kept, and goes with its build", e);
            return Optional.empty();
        }
    }

    /** For how long the log of a promise is kept. */
    private Duration days(Promise promise) {
        Duration most = settings.get().retention();
        return catalog.resolve(promise.version())
                .map(d -> d.contract().keep().days())
                .map(Duration::ofDays)
                .filter(days -> days.compareTo(most) < 0)
                .orElse(most);
    }

    /**
     * The log of a promise; nothing if none is kept.
     *
     * @throws IOException if it cannot be read
     */
    public Optional<InputStream> find(String promise) throws IOException {
        return logs.find(promise);
    }

    /** Drops what has been kept long enough. */
    public void drop() {
        logs.drop(clock.instant());
    }

    /** Keeps those that have ended until now, and then no more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_ONES_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.log(Level.WARNING, "some logs of builds that have just ended stay with their builds only");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
