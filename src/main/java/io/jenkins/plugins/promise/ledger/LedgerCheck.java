package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.database.LedgerReader;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseRecord;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Looks through a ledger for what cannot be: damaged pages, rows that are missing, records and columns that differ. */
public final class LedgerCheck {
    private static final Map<String, String> IMPOSSIBLE = impossible();
    private static final int AT_ONCE = 500;

    private final LedgerReader reader;
    private final Jdbi database;
    private final Map<String, String> unreadable = new TreeMap<>();
    private final PromiseRows rows =
            new PromiseRows(Clock.systemUTC(), new PromiseWords(false), unreadable::put, Set::of);

    private LedgerCheck(LedgerReader reader) {
        this.reader = reader;
        this.database = reader.database();
    }

    private static Map<String, String> impossible() {
        Map<String, String> queries = new TreeMap<>();
        queries.put(
                "settled, but its report is missing",
                "SELECT id FROM promise WHERE settled IS NOT NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM report WHERE report.promise = promise.id)");
        queries.put(
                "a report of a promise that is missing",
                "SELECT promise FROM report WHERE NOT EXISTS (SELECT 1 FROM promise WHERE promise.id = report.promise)");
        queries.put(
                "a report of a promise that is not settled",
                "SELECT promise FROM report JOIN promise ON promise.id = report.promise WHERE settled IS NULL");
        queries.put(
                "a delivery of a promise that is missing",
                "SELECT promise FROM delivery WHERE NOT EXISTS"
                        + " (SELECT 1 FROM promise WHERE promise.id = delivery.promise)");
        queries.put(
                "an idempotency key of a promise that is missing",
                "SELECT promise FROM idempotency_key WHERE NOT EXISTS"
                        + " (SELECT 1 FROM promise WHERE promise.id = idempotency_key.promise)");
        queries.put(
                "not settled, and called by a promise that is missing",
                "SELECT id FROM promise WHERE settled IS NULL AND set_aside IS NULL AND parent IS NOT NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM promise AS caller WHERE caller.id = promise.parent)");
        queries.put(
                "open, and of a controller that is unknown",
                "SELECT id FROM promise WHERE open = 1 AND owner NOT IN (SELECT id FROM controller)"
                        // A restored ledger has no controller before its first start.
                        + " AND EXISTS (SELECT 1 FROM controller)");
        queries.put(
                "set aside, because its record cannot be read", "SELECT id FROM promise WHERE set_aside IS NOT NULL");
        queries.put(
                "settled and closed do not fit its state",
                "SELECT id FROM promise WHERE set_aside IS NULL AND ((state IN ('PENDING', 'RUNNING')) <> (settled IS NULL)"
                        + " OR (open = 1) = (closed IS NOT NULL))");
        return queries;
    }

    /**
     * Checks a ledger, also one that a controller uses.
     *
     * @return everything that is wrong; empty if nothing is
     * @throws IOException if it cannot be opened
     */
    public static List<LedgerFault> of(LedgerLocation location) throws IOException {
        try (LedgerReader reader = LedgerReader.open(location)) {
            return new LedgerCheck(reader).faults();
        }
    }

    private List<LedgerFault> faults() {
        List<LedgerFault> faults = new ArrayList<>();
        if (reader.embedded()) {
            faults.addAll(damage());
        }
        IMPOSSIBLE.forEach((what, query) -> select(what, query).ifPresent(faults::add));
        faults.addAll(records());
        faults.addAll(versions());
        return faults;
    }

    private List<LedgerFault> versions() {
        try {
            return reader.atOneMoment(VersionFaults::of);
        } catch (JdbiException e) {
            return List.of(new LedgerFault("the deployed versions cannot be read: " + e.getMessage(), List.of()));
        }
    }

    /** What SQLite says of its own pages, and which promises are in them, as far as those can be named. */
    private List<LedgerFault> damage() {
        List<String> told;
        try {
            told = database.withHandle(h ->
                    h.select("PRAGMA integrity_check(20)").mapTo(String.class).list());
        } catch (JdbiException e) {
            told = List.of(String.valueOf(e.getMessage()));
        }
        if (told.equals(List.of("ok"))) {
            return List.of();
        }
        List<String> touched = new ArrayList<>();
        database.useHandle(handle -> {
            long last = last(handle);
            for (long number = 1; number <= last; number++) {
                if (!whole(handle, number)) {
                    touched.add(named(handle, number));
                }
            }
        });
        return List.of(new LedgerFault("the file is damaged (" + String.join("; ", told) + ")", touched));
    }

    /** Whether all that belongs to the promise of that number can be read, if there is one. */
    private static boolean whole(Handle handle, long number) {
        try {
            Optional<String> id = handle.select("SELECT id, record FROM promise WHERE number = ?", number)
                    .mapTo(String.class)
                    .findOne();
            for (String table : List.of("report", "delivery")) {
                id.ifPresent(i -> handle.select("SELECT * FROM " + table + " WHERE promise = ?", i)
                        .mapToMap()
                        .list());
            }
            return true;
        } catch (JdbiException e) {
            return false;
        }
    }

    private static long last(Handle handle) {
        try {
            return handle.select("SELECT seq FROM sqlite_sequence WHERE name = 'promise'")
                    .mapTo(long.class)
                    .findOne()
                    .orElse(0L);
        } catch (JdbiException e) {
            return 0;
        }
    }

    /** Its id, which also stands in an index of its own. */
    private static String named(Handle handle, long number) {
        try {
            return handle.select(
                            "SELECT id FROM promise INDEXED BY sqlite_autoindex_promise_1 WHERE number = ?", number)
                    .mapTo(String.class)
                    .findOne()
                    .orElse("number " + number);
        } catch (JdbiException e) {
            return "number " + number;
        }
    }

    private Optional<LedgerFault> select(String what, String query) {
        try {
            List<String> promises =
                    database.withHandle(h -> h.select(query).mapTo(String.class).list());
            return promises.isEmpty() ? Optional.empty() : Optional.of(new LedgerFault(what, promises));
        } catch (JdbiException e) {
            return Optional.of(new LedgerFault("it cannot be told what is " + what + ": " + e.getMessage(), List.of()));
        }
    }

    /** Every promise is read as a controller reads it, and held against its columns. */
    private List<LedgerFault> records() {
        Map<String, List<String>> wrong = new TreeMap<>();
        try {
            reader.atOneMoment(handle -> {
                long after = 0;
                List<Promise> some;
                do {
                    some = rows.read(handle, "number > ? ORDER BY number LIMIT " + AT_ONCE, List.of(after));
                    for (Promise promise : some) {
                        after = promise.number();
                        hold(handle, promise, wrong);
                    }
                } while (some.size() == AT_ONCE);
                return null;
            });
        } catch (JdbiException e) {
            wrong.computeIfAbsent("the records cannot be read to the end: " + e.getMessage(), w -> new ArrayList<>());
        }
        unreadable.forEach(
                (id, why) -> wrong.computeIfAbsent(why, w -> new ArrayList<>()).add(id));
        List<LedgerFault> faults = new ArrayList<>();
        wrong.forEach((what, promises) -> faults.add(new LedgerFault(what, promises)));
        return faults;
    }

    private void hold(Handle handle, Promise promise, Map<String, List<String>> wrong) {
        PromiseRecord record = rows.record(handle, promise.id());
        if (record.epoch() > promise.epoch()) {
            wrong.computeIfAbsent("its epoch is lower than the one it was written with", w -> new ArrayList<>())
                    .add(promise.id());
        }
        if (record.callbacks() != promise.deliveries().size()) {
            wrong.computeIfAbsent("a delivery of it is missing", w -> new ArrayList<>())
                    .add(promise.id());
        }
        boolean keyMissing = promise.key() != null
                && handle.select(
                                "SELECT 1 FROM idempotency_key WHERE hash = ? AND promise = ?",
                                promise.key().hash(),
                                promise.id())
                        .mapTo(int.class)
                        .findOne()
                        .isEmpty();
        if (keyMissing) {
            wrong.computeIfAbsent("its idempotency key is missing", w -> new ArrayList<>())
                    .add(promise.id());
        }
    }
}
