package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What is known of watched components and branches, as rows of the ledger. */
final class WatchedRows {
    private final Ledger ledger;
    private final Clock clock;

    WatchedRows(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** How far all are that are known, by name. */
    Map<String, Watched.Progress> components() {
        Map<String, Watched.Progress> all = new TreeMap<>();
        ledger.read(handle -> handle.select(
                                "SELECT component, passed, started, promise, passed_number FROM watched_component")
                        .map((row, context) -> Map.entry(
                                row.getString(1),
                                new Watched.Progress(
                                        row.getString(2), row.getString(3), row.getString(4), row.getLong(5))))
                        .list())
                .forEach(e -> all.put(e.getKey(), e.getValue()));
        return all;
    }

    Watched.Progress component(String name) {
        return components().getOrDefault(name, Watched.Progress.NONE);
    }

    /** A build-test has passed; one that was accepted before another that has passed changes nothing. */
    void passed(String component, String commit, long number) {
        write(handle -> {
            make(handle, component);
            handle.execute(
                    "UPDATE watched_component SET passed = ?, passed_number = ?, passed_since = ? WHERE component = ? AND"
                            + " passed_number <= ?",
                    commit,
                    number,
                    clock.millis(),
                    component,
                    number);
        });
    }

    /** Somebody says which commit has passed; null for none. */
    void say(String component, String commit) {
        write(handle -> {
            make(handle, component);
            handle.execute(
                    "UPDATE watched_component SET passed = ?, passed_since = ? WHERE component = ?",
                    commit,
                    clock.millis(),
                    component);
        });
    }

    void started(String component, String commit, String promise) {
        write(handle -> {
            make(handle, component);
            handle.execute(
                    "UPDATE watched_component SET started = ?, promise = ? WHERE component = ?",
                    commit,
                    promise,
                    component);
        });
    }

    private static void make(Handle handle, String component) {
        handle.execute(
                "INSERT INTO watched_component (component, passed_number, passed_since) SELECT ?, 0, 0 WHERE NOT EXISTS"
                        + " (SELECT 1 FROM watched_component WHERE component = ?)",
                component,
                component);
    }

    Optional<Watched.Seen> branch(Branch branch) {
        return ledger.read(handle -> handle.select(
                        "SELECT head, told, since, error, error_since FROM watched_branch WHERE repository = ? AND branch = ?",
                        branch.repository(),
                        branch.name())
                .map((row, context) -> new Watched.Seen(
                        branch.repository(),
                        branch.name(),
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4),
                        row.getString(4) == null ? null : Instant.ofEpochMilli(row.getLong(5))))
                .findOne());
    }

    /** What was found out of a branch, if that is something else than before. */
    void seen(Branch branch, String head, String told) {
        saw(branch, head, told, null);
    }

    /** Why a branch could not be looked at. */
    void failed(Branch branch, String head, String error) {
        saw(branch, head, error, error);
    }

    /** Two controllers may see the same at the same time: whoever comes last is right. */
    private void saw(Branch branch, String head, String told, String error) {
        long now = clock.millis();
        write(handle -> handle.execute(
                """
                INSERT INTO watched_branch (repository, branch, head, told, since, error, error_since)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (repository, branch) DO UPDATE SET
                    head = excluded.head, told = excluded.told, since = excluded.since,
                    error = COALESCE(excluded.error, watched_branch.error),
                    error_since = COALESCE(excluded.error_since, watched_branch.error_since)
                """,
                branch.repository(),
                branch.name(),
                head,
                told,
                now,
                error,
                error == null ? null : Long.valueOf(now)));
    }

    private void write(Consumer<Handle> change) {
        var unused = ledger.written(handle -> {
            change.accept(handle);
            return null;
        });
    }
}
