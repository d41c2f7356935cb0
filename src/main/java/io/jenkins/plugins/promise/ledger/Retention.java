package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Drops what is closed and has been kept long enough. */
final class Retention {
    private static final int AT_ONCE = 500;

    private final PromiseWords words;
    private final String lockRows;

    /**
     * Drops promises with their words.
     *
     * @param shared whether another controller may be asked to deliver one of them again just now
     */
    Retention(PromiseWords words, boolean shared) {
        this.words = words;
        this.lockRows = shared ? " FOR UPDATE SKIP LOCKED" : "";
    }

    /**
     * Drops all of those, some in each transaction, so that others come in between.
     *
     * @return the ids of the dropped ones
     */
    List<String> drop(GroupCommit commits, Instant closedBefore) {
        List<String> all = new ArrayList<>();
        List<String> dropped;
        do {
            dropped = commits.write(handle -> drop(handle, closedBefore)).join();
            all.addAll(dropped);
        } while (dropped.size() == AT_ONCE);
        return all;
    }

    /**
     * Drops some of those that were closed before that. What is open, what has a delivery that was given up, and what an
     * open orchestration has called stays.
     *
     * @return the ids of the dropped ones; fewer than {@link #AT_ONCE} if no more are to be dropped
     */
    private List<String> drop(Handle handle, Instant closedBefore) {
        List<Row> rows = handle.select(
                        "SELECT id, number FROM promise WHERE closed < ? AND given_up = 0 AND NOT EXISTS"
                                + " (SELECT 1 FROM promise AS caller WHERE caller.id = promise.parent AND caller.open = 1)"
                                + " ORDER BY closed LIMIT " + AT_ONCE + lockRows,
                        closedBefore.toEpochMilli())
                .map((row, context) -> new Row(row.getString(1), row.getLong(2)))
                .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> ids = rows.stream().map(Row::id).toList();
        List<Long> numbers = rows.stream().map(Row::number).toList();
        for (String table : List.of("delivery", "report", "idempotency_key")) {
            delete(handle, "DELETE FROM " + table + " WHERE promise IN (<keys>)", ids);
        }
        delete(handle, "DELETE FROM promise WHERE id IN (<keys>)", ids);
        words.delete(handle, numbers);
        return ids;
    }

    private static void delete(Handle handle, String sql, List<?> keys) {
        try (var update = handle.createUpdate(sql)) {
            update.bindList("keys", keys).execute();
        }
    }

    private record Row(String id, long number) {}
}
