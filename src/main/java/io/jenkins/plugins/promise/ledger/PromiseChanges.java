package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Changes the promises of one controller: a promise, its deliveries and its report together. */
final class PromiseChanges {
    private static final int AT_ONCE = 500;

    private final GroupCommit commits;
    private final PromiseRows rows;
    private final String owner;
    private final boolean shared;

    PromiseChanges(GroupCommit commits, PromiseRows rows, String owner, boolean shared) {
        this.commits = commits;
        this.rows = rows;
        this.owner = owner;
        this.shared = shared;
    }

    /**
     * Changes a promise.
     *
     * @param change may be called again; it returns the same value if there is nothing to change
     * @return the promise after the change; nothing if there is none of that id, or another controller has it
     */
    CompletableFuture<Optional<Promise>> change(String id, UnaryOperator<Promise> change) {
        return commits.write(handle -> changed(handle, id, change));
    }

    /**
     * Settles a promise, and takes its report in.
     *
     * @param change from the unsettled to the settled promise
     * @param report as JSON
     * @return the settled promise; nothing if there is none of that id, it was settled before, or another controller has it
     */
    CompletableFuture<Optional<Promise>> settle(String id, UnaryOperator<Promise> change, byte[] report) {
        String json = new String(report, StandardCharsets.UTF_8);
        AtomicReference<Promise> tried = new AtomicReference<>();
        return commits.write(handle -> {
            Optional<Promise> before = held(handle, id);
            if (before.isEmpty() || before.get().state().settled()) {
                // The transaction that failed before may have been committed all the same.
                return before.filter(p -> p.equals(tried.get()));
            }
            Optional<Promise> after = changed(handle, before.get(), change);
            tried.set(after.orElse(null));
            after.ifPresent(p -> handle.execute("INSERT INTO report (promise, report) VALUES (?, ?)", id, json));
            return after;
        });
    }

    /**
     * Has the promises of a job follow it to another name, what is open first, some in each transaction, so that others
     * come in between. In a ledger that is shared another controller may have a job of that name: what does not belong to
     * this run of this one keeps the name there.
     */
    void rename(String job, String then) {
        long last = commits.write(handle -> handle.select("SELECT COALESCE(MAX(number), 0) FROM promise")
                        .mapTo(long.class)
                        .one())
                .join();
        for (String which : List.of(" AND open = 1", "")) {
            int renamed;
            do {
                renamed = commits.write(handle -> rename(handle, which, job, then, last))
                        .join();
            } while (renamed == AT_ONCE);
        }
    }

    private int rename(Handle handle, String which, String job, String then, long last) {
        List<Object> values = new ArrayList<>(List.of(job, job, last));
        if (shared) {
            values.add(owner);
        }
        List<Promise> some = rows.read(
                handle,
                "job = ? AND version = ? AND number <= ?" + (shared ? " AND owner = ?" : "") + which
                        + " ORDER BY number DESC LIMIT " + AT_ONCE,
                values);
        some.forEach(promise -> rows.rename(handle, promise, promise.renamed(then)));
        return some.size();
    }

    private Optional<Promise> changed(Handle handle, String id, UnaryOperator<Promise> change) {
        return held(handle, id).flatMap(before -> changed(handle, before, change));
    }

    /** A promise that nobody else changes or drops before the transaction ends: its row and its deliveries fit together. */
    private Optional<Promise> held(Handle handle, String id) {
        String lock = shared ? " FOR UPDATE" : "";
        return rows.read(handle, "id = ?" + lock, List.of(id)).stream().findFirst();
    }

    private Optional<Promise> changed(Handle handle, Promise before, UnaryOperator<Promise> change) {
        Promise after = change.apply(before);
        if (after.equals(before)) {
            return Optional.of(before);
        }
        return rows.update(handle, before, after, owner) ? Optional.of(after) : Optional.empty();
    }
}
