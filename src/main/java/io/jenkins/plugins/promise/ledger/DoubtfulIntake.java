package io.jenkins.plugins.promise.ledger;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * Promises of which it is not known whether the database took them: the disk or the connection failed while they were
 * committed. Whoever submitted them was told that nothing was accepted, and the next transaction makes that true.
 */
final class DoubtfulIntake {
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    private final PromiseWords words;

    DoubtfulIntake(PromiseWords words) {
        this.words = words;
    }

    void add(String id) {
        ids.add(id);
    }

    /** Their ids; nobody sees them. */
    Set<String> ids() {
        return ids;
    }

    /** Takes them out; they are forgotten when it is sure that they are gone, with the transaction after this one. */
    void takeBack(Handle handle) {
        for (String id : List.copyOf(ids)) {
            List<Long> number = handle.select("SELECT number FROM promise WHERE id = ? AND settled IS NULL", id)
                    .mapTo(Long.class)
                    .list();
            if (!number.isEmpty()) {
                words.delete(handle, number);
            }
            int there = handle.execute("DELETE FROM promise WHERE id = ? AND settled IS NULL", id);
            if (there == 0) {
                ids.remove(id);
            } else {
                handle.execute("DELETE FROM delivery WHERE promise = ?", id);
                handle.execute("DELETE FROM idempotency_key WHERE promise = ?", id);
            }
        }
    }
}
