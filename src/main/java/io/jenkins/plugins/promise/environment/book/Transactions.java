package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.LeaseLost;
import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Changes of the ledger that are on disk when they return. */
final class Transactions {
    private final Ledger ledger;
    private final Clock clock;

    Transactions(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What the time is, as the ledger keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Changes something, whole or not at all.
     *
     * @throws EnvironmentRefusal as the change does
     * @throws LeaseLost as the change does
     * @throws UncheckedIOException if the ledger cannot be written just now
     */
    <T> T write(Function<Handle, T> change) {
        return ledger.written(change);
    }

    <T> T read(Function<Handle, T> query) {
        return ledger.read(query);
    }
}
