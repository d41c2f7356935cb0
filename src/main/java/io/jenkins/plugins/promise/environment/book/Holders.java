package io.jenkins.plugins.promise.environment.book;

import org.jdbi.v3.core.Handle;

/** Whether those that hold leases, or wait for them, are there still. */
@FunctionalInterface
public interface Holders {
    /** Whether nothing more comes from a holder. */
    boolean ended(Handle handle, String holder);

    /** Holders that are promises; one that is not in the ledger has ended. */
    static Holders promises() {
        return (handle, holder) -> handle.select("SELECT 1 FROM promise WHERE id = ? AND settled IS NULL", holder)
                .mapTo(int.class)
                .findOne()
                .isEmpty();
    }
}
