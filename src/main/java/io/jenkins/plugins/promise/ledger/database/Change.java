package io.jenkins.plugins.promise.ledger.database;

import org.jdbi.v3.core.Handle;

/**
 * Something to be written, together with what else waits, in one transaction. It may be called twice, the second time
 * after all that it did the first time was taken back.
 *
 * @param <T> what becomes known by it
 */
@FunctionalInterface
public interface Change<T> {
    /** Reads and writes; what it throws leaves nothing of it behind. */
    T apply(Handle handle);
}
