package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.engine.FailureWords;
import io.jenkins.plugins.promise.report.Outcome;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Stands around everything that is done for one promise: whatever is thrown settles that promise, and hurts no other. */
public final class RunGuard {
    private static final Logger LOGGER = Logger.getLogger(RunGuard.class.getName());
    private static final int AGAIN_SECONDS = 5;

    private final BiConsumer<String, Outcome> settlement;
    private final BooleanSupplier stopping;
    private final Executor later;

    /**
     * A guard of the runs of a controller.
     *
     * @param settlement settles a promise; one that is settled stays as it is
     * @param stopping whether the controller stops, so that what ends now was ended by it
     */
    public RunGuard(BiConsumer<String, Outcome> settlement, BooleanSupplier stopping) {
        this(settlement, stopping, CompletableFuture.delayedExecutor(AGAIN_SECONDS, TimeUnit.SECONDS));
    }

    /** As above, and {@code later} does something after a while. */
    RunGuard(BiConsumer<String, Outcome> settlement, BooleanSupplier stopping, Executor later) {
        this.settlement = settlement;
        this.stopping = stopping;
        this.later = later;
    }

    /** Does something for a promise. */
    public void run(String promise, Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            if (!stopping.getAsBoolean()) {
                LOGGER.log(Level.FINE, "the run of " + promise, t);
                settle(promise, failed(t));
            }
        }
    }

    /** Settles a promise. If the ledger cannot be reached, or even this throws, it is tried again until it does not. */
    public void settle(String promise, Outcome outcome) {
        try {
            settlement.accept(promise, outcome);
        } catch (UncheckedIOException e) {
            again(promise, outcome, e);
        } catch (RuntimeException | Error e) {
            again(promise, failed(e), e);
        }
    }

    private void again(String promise, Outcome outcome, Throwable cause) {
        LOGGER.log(Level.FINE, promise + " cannot be settled yet", cause);
        if (!stopping.getAsBoolean()) {
            later.execute(() -> settle(promise, outcome));
        }
    }

    private static Outcome failed(Throwable cause) {
        return Outcome.failure("its run failed in the controller: " + FailureWords.of(cause));
    }
}
