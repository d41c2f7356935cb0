package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.ledger.promise.DeliveryRecord;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseRecord;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.ledger.promise.UnreadableRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Promises as rows: one in {@code promise}, and one in {@code delivery} for each callback. */
final class PromiseRows {
    private static final String CHANGING = "state = :state, open = :open, settled = :settled, closed = :closed,"
            + " reason = :reason, given_up = :givenUp, queue_item = :queueItem, record = :record";

    private final Clock clock;
    private final PromiseWords words;
    private final BiConsumer<String, String> unreadable;
    private final Supplier<Set<String>> hidden;

    /**
     * Rows that are read and written.
     *
     * @param unreadable told of each promise whose row cannot be read, by its id, and why
     * @param hidden the ids of those that are read as if they were not there
     */
    PromiseRows(Clock clock, PromiseWords words, BiConsumer<String, String> unreadable, Supplier<Set<String>> hidden) {
        this.clock = clock;
        this.words = words;
        this.unreadable = unreadable;
        this.hidden = hidden;
    }

    /**
     * Writes what has changed, if the promise still has that epoch and belongs to that controller, or is closed, in which
     * case it belongs to it from now on.
     *
     * @return whether it was written
     */
    boolean update(Handle handle, Promise before, Promise after, String owner) {
        try (var update = handle.createUpdate("UPDATE promise SET " + CHANGING
                + ", owner = :owner WHERE id = :id AND epoch = :epoch AND (owner = :owner OR open = 0)")) {
            int rows = changing(update, after)
                    .bind("id", after.id())
                    .bind("epoch", after.epoch())
                    .bind("owner", owner)
                    .execute();
            if (rows == 0) {
                return false;
            }
        }
        for (Delivery delivery : after.deliveries()) {
            boolean same =
                    before.delivery(delivery.input()).filter(delivery::equals).isPresent()
                            && before.sendable().contains(delivery)
                                    == after.sendable().contains(delivery);
            if (!same) {
                write(handle, after, delivery, owner);
            }
        }
        if (after.state().settled() && !before.state().settled()) {
            words.update(handle, after);
        }
        return true;
    }

    /** Writes a promise whose job has got another name: what is found by it is found by the new one. */
    void rename(Handle handle, Promise before, Promise after) {
        handle.execute(
                "UPDATE promise SET job = ?, version = ?, record = ? WHERE id = ?",
                after.job(),
                after.version(),
                PromiseRecord.of(after).json(),
                after.id());
        words.update(handle, after);
        if (after.key() != null) {
            // A job of that name may have been there before, and a key that was used with it stays that one's.
            handle.execute(
                    "UPDATE idempotency_key SET hash = ? WHERE hash = ? AND promise = ?"
                            + " AND NOT EXISTS (SELECT 1 FROM idempotency_key AS taken WHERE taken.hash = ?)",
                    after.key().hash(),
                    before.key().hash(),
                    after.id(),
                    after.key().hash());
        }
    }

    private <T extends SqlStatement<T>> T changing(T statement, Promise promise) {
        boolean open = promise.open();
        return statement
                .bind("state", promise.state().name())
                .bind("open", open ? 1 : 0)
                .bind(
                        "settled",
                        promise.settlement().map(s -> s.at().toEpochMilli()).orElse(null))
                .bind("closed", open ? null : (Long) clock.millis())
                .bind(
                        "reason",
                        promise.settlement().map(Progress.Settled::reason).orElse(null))
                .bind("givenUp", promise.givenUp())
                .bind("queueItem", promise.progress().queueItem().orElse(null))
                .bind("record", PromiseRecord.of(promise).json());
    }

    private static void write(Handle handle, Promise promise, Delivery delivery, String owner) {
        boolean sendable = promise.sendable().contains(delivery);
        try (var upsert =
                handle.createUpdate("INSERT INTO delivery (promise, input, place, owner, receiver, state, due, record)"
                        + " VALUES (:promise, :input, :place, :owner, :receiver, :state, :due, :record)"
                        + " ON CONFLICT (promise, input) DO UPDATE SET owner = excluded.owner, state = excluded.state,"
                        + " due = excluded.due, record = excluded.record")) {
            upsert.bind("promise", promise.id())
                    .bind("input", delivery.input())
                    .bind("place", promise.deliveries().indexOf(delivery))
                    .bind("owner", owner)
                    .bind("receiver", delivery.receiver())
                    .bind("state", delivery.state().name())
                    .bind("due", sendable ? (Long) delivery.next().toEpochMilli() : null)
                    .bind("record", DeliveryRecord.json(delivery))
                    .execute();
        }
    }

    /** The promise of that id; nothing also if its record cannot be read. */
    Optional<Promise> find(Handle handle, String id) {
        return read(handle, "id = ?", List.of(id)).stream().findFirst();
    }

    /** How the promise of that id stands, without what else is kept of it; nothing if there is none. */
    Optional<PromiseState> state(Handle handle, String id) {
        return hidden.get().contains(id)
                ? Optional.empty()
                : handle.select("SELECT state FROM promise WHERE id = ? AND set_aside IS NULL", id)
                        .mapTo(String.class)
                        .findOne()
                        .map(PromiseState::valueOf);
    }

    /** What of a promise that can be read stands in no column. */
    PromiseRecord record(Handle handle, String id) {
        String json = handle.select("SELECT record FROM promise WHERE id = ?", id)
                .mapTo(String.class)
                .one();
        try {
            return PromiseRecord.read(PromiseRecord.FORMAT, json);
        } catch (UnreadableRecord e) {
            throw new IllegalStateException("it was read just now", e);
        }
    }

    /**
     * The promises that a condition names, each with its deliveries. Those that cannot be read are left out, and others
     * take their places up to a limit in the condition: fewer than that means that there are no more.
     *
     * @param condition and order, in SQL; nothing of it comes from a stranger
     * @param values of its question marks
     */
    List<Promise> read(Handle handle, String condition, List<Object> values) {
        List<String> without = new ArrayList<>(hidden.get());
        while (true) {
            List<PromiseRow> rows = rows(handle, condition, values, without);
            Map<String, List<String>> deliveries =
                    deliveries(handle, rows.stream().map(PromiseRow::id).toList());
            List<Promise> promises = new ArrayList<>();
            for (PromiseRow row : rows) {
                try {
                    promises.add(row.promise(read(deliveries.getOrDefault(row.id(), List.of()))));
                } catch (UnreadableRecord e) {
                    unreadable.accept(row.id(), e.getMessage());
                    without.add(row.id());
                }
            }
            if (promises.size() == rows.size()) {
                return promises;
            }
        }
    }

    private static List<PromiseRow> rows(Handle handle, String condition, List<Object> values, List<String> without) {
        String others = without.isEmpty()
                ? ""
                : " AND id NOT IN (" + String.join(", ", Collections.nCopies(without.size(), "?")) + ")";
        List<Object> all = new ArrayList<>(without);
        all.addAll(values);
        try (var query =
                handle.createQuery("SELECT * FROM promise WHERE set_aside IS NULL" + others + " AND " + condition)) {
            for (int i = 0; i < all.size(); i++) {
                query.bind(i, all.get(i));
            }
            return query.map((row, context) -> PromiseRow.of(row)).list();
        }
    }

    private static Map<String, List<String>> deliveries(Handle handle, List<String> promises) {
        Map<String, List<String>> found = new HashMap<>();
        if (promises.isEmpty()) {
            return found;
        }
        try (var query = handle.createQuery(
                "SELECT promise, record FROM delivery WHERE promise IN (<promises>) ORDER BY promise, place")) {
            query.bindList("promises", promises)
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(e -> found.computeIfAbsent(e.getKey(), p -> new ArrayList<>())
                            .add(e.getValue()));
        }
        return found;
    }

    private static List<Delivery> read(List<String> records) throws UnreadableRecord {
        List<Delivery> deliveries = new ArrayList<>();
        for (String json : records) {
            try {
                deliveries.add(DeliveryRecord.read(json));
            } catch (UnreadableRecord e) {
                throw new UnreadableRecord("a delivery of it is damaged: " + e.getMessage());
            }
        }
        return deliveries;
    }

    /** What a row of {@code delivery} holds, for the courier; nothing if it cannot be read. */
    Optional<Parcel> parcel(String promise, String json) {
        try {
            return Optional.of(new Parcel(promise, DeliveryRecord.read(json)));
        } catch (UnreadableRecord e) {
            unreadable.accept(promise, "a delivery of it is damaged: " + e.getMessage());
            return Optional.empty();
        }
    }
}
