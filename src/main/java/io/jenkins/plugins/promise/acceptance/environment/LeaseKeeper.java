package io.jenkins.plugins.promise.acceptance.environment;

import io.jenkins.plugins.promise.environment.book.Leases;
import io.jenkins.plugins.promise.ledger.QuietLog;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Logger;

/** Lets the leases of environments last as long as their holders are under way here; that of a controller that is gone ends. */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LeaseKeeper.class.getName());
    private static final long LOOK_MILLIS = 1_000;

    private final Leases leases;
    private final QuietLog troubles = new QuietLog(LOGGER);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "promise-leases");
        thread.setDaemon(true);
        return thread;
    });

    /** Keeps none yet. */
    public LeaseKeeper(Leases leases) {
        this.leases = leases;
    }

    /**
     * Keeps those of the holders that are under way.
     *
     * @param alive whether a holder is
     */
    public void begin(Predicate<String> alive) {
        var unused = timer.scheduleWithFixedDelay(() -> renew(alive), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void renew(Predicate<String> alive) {
        try {
            leases.renew(alive);
        } catch (UncheckedIOException e) {
            troubles.log("the leases of environments cannot be renewed just now; it is tried again", e);
        } catch (RuntimeException e) {
            troubles.log("the leases of environments cannot be renewed; it is tried again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
