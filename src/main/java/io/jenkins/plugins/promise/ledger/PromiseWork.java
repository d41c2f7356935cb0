package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.ledger.database.LedgerReading;
import io.jenkins.plugins.promise.ledger.promise.CancelWish;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What one controller has to do: which of its promises wait, are due, or are to be brought. */
public final class PromiseWork {
    private static final int COUNTED = 10_000;
    private static final int AT_ONCE = 500;

    private final LedgerReading reading;
    private final PromiseRows rows;
    private final String owner;

    PromiseWork(LedgerReading reading, PromiseRows rows, String owner) {
        this.reading = reading;
        this.rows = rows;
        this.owner = owner;
    }

    /**
     * How the promise of that id stands; nothing if there is none. A build asks for this several times, and to read all of
     * a promise each time was a quarter of what an empty one cost.
     */
    public Optional<PromiseState> state(String id) {
        return reading.read(handle -> rows.state(handle, id));
    }

    /**
     * Goes through what this controller has to look after once it has started, in the order of acceptance: what runs, and
     * what an orchestration has called. They are not all in memory at once.
     */
    public void forEachUnsettled(Consumer<Promise> look) {
        long after = 0;
        List<Promise> some;
        do {
            some = unsettled(after);
            for (Promise promise : some) {
                after = promise.number();
                look.accept(promise);
            }
        } while (some.size() == AT_ONCE);
    }

    private List<Promise> unsettled(long after) {
        return reading.read(handle -> rows.read(
                handle,
                "owner = ? AND open = 1 AND settled IS NULL AND (state = 'RUNNING' OR parent IS NOT NULL)"
                        + " AND number > ? ORDER BY number LIMIT " + AT_ONCE,
                List.of(owner, after)));
    }

    /** What this controller has not settled of a version. */
    public List<Promise> unsettledOf(String version) {
        return reading.read(handle -> rows.read(
                handle,
                "owner = ? AND open = 1 AND settled IS NULL AND version = ? ORDER BY number",
                List.of(owner, version)));
    }

    /** This controller's promises that wait for a build at a lane, without those of the jobs and the versions named. */
    public List<Promise> waiting(
            String lane, Collection<String> exceptJobs, Collection<String> exceptVersions, int most) {
        return reading.read(handle -> {
            List<Object> values = new ArrayList<>(List.of(owner, lane));
            values.addAll(exceptJobs);
            values.addAll(exceptVersions);
            return rows.read(
                    handle,
                    "state = 'PENDING' AND owner = ? AND lane = ?" + except("job", exceptJobs)
                            + except("version", exceptVersions) + " ORDER BY number LIMIT " + most,
                    values);
        });
    }

    private static String except(String column, Collection<String> values) {
        return values.isEmpty()
                ? ""
                : " AND " + column + " NOT IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
    }

    /** The lanes at which promises of this controller wait. */
    public List<String> lanes() {
        return reading.read(handle -> handle.select(
                        "SELECT DISTINCT lane FROM promise WHERE state = 'PENDING' AND owner = ?", owner)
                .mapTo(String.class)
                .list());
    }

    /** How many promises of this controller wait for a build, by lane. */
    public Map<String, Integer> waitingByLane() {
        return reading.read(handle -> {
            Map<String, Integer> waiting = new HashMap<>();
            handle.select(
                            "SELECT lane, count(*) FROM promise WHERE state = 'PENDING' AND owner = ? GROUP BY lane",
                            owner)
                    .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                    .forEach(e -> waiting.put(e.getKey(), e.getValue()));
            return waiting;
        });
    }

    /** How many wait at the same lane before a promise, up to 10,000. */
    public int before(Promise promise) {
        return reading.read(handle -> PromiseSearch.counted(
                handle,
                "promise WHERE state = 'PENDING' AND lane = ? AND number < ? AND set_aside IS NULL",
                List.of(promise.lane(), promise.number()),
                COUNTED));
    }

    /** The earliest deadline of what this controller has to settle. */
    public Optional<Instant> nextDeadline() {
        return reading.read(handle -> handle.select(
                        "SELECT deadline FROM promise WHERE settled IS NULL AND set_aside IS NULL AND owner = ?"
                                + " ORDER BY deadline LIMIT 1",
                        owner)
                .mapTo(long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    /** What this controller has not settled though its deadline has passed. */
    public List<Promise> overdue(Instant now, int most) {
        return reading.read(handle -> rows.read(
                handle,
                "settled IS NULL AND owner = ? AND deadline <= ? ORDER BY deadline LIMIT " + most,
                List.of(owner, now.toEpochMilli())));
    }

    /** What others have asked this controller to cancel. */
    public List<CancelWish> cancelWishes() {
        return reading.read(handle -> handle.select(
                        "SELECT id, cancel_by FROM promise WHERE cancel_by IS NOT NULL AND settled IS NULL"
                                + " AND owner = ?",
                        owner)
                .map((row, context) -> new CancelWish(row.getString(1), row.getString(2)))
                .list());
    }

    /** The receivers for which this controller has something that is due by then. */
    public List<String> receiversDue(Instant until) {
        return reading.read(handle -> handle.select(
                        "SELECT DISTINCT receiver FROM delivery WHERE owner = ? AND due IS NOT NULL AND due <= ?",
                        owner,
                        until.toEpochMilli())
                .mapTo(String.class)
                .list());
    }

    /** What this controller has for a receiver that is due by then, the longest due first. */
    public List<Parcel> due(String receiver, Instant until, int most) {
        return reading.read(handle -> handle
                .select(
                        "SELECT promise, record FROM delivery WHERE owner = ? AND receiver = ? AND due IS NOT NULL"
                                + " AND due <= ? ORDER BY due LIMIT " + most,
                        owner,
                        receiver,
                        until.toEpochMilli())
                .map((row, context) -> rows.parcel(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** How many open promises each version has, whoever they belong to. */
    static Map<String, Long> openByVersion(Handle handle) {
        Map<String, Long> counts = new HashMap<>();
        handle.select("SELECT version, count(*) FROM promise WHERE open = 1 GROUP BY version")
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(e -> counts.put(e.getKey(), e.getValue()));
        return counts;
    }
}
