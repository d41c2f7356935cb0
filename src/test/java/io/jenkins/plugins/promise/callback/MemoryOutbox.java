package io.jenkins.plugins.promise.callback;

import io.jenkins.plugins.promise.contract.Receives;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** An outbox as a ledger has it, with an index for each receiver, that notes at once unless it is told otherwise. */
public class MemoryOutbox implements Outbox {
    private final Clock clock;
    private final RetrySchedule schedule;
    private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Map<String, NavigableSet<Delivery>> waiting = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final List<String> twice = new ArrayList<>();
    private int mostAsked;

    public MemoryOutbox(Clock clock, RetrySchedule schedule) {
        this.clock = clock;
        this.schedule = schedule;
    }

    public MemoryOutbox(Clock clock) {
        this(clock, new RetrySchedule(List.of(Duration.ofHours(1)), 0, Duration.ofDays(3)));
    }

    /** A delivery that is ready; the id is its promise's, and {@code msg_ID_R} its own. */
    public Parcel ready(String id, String url) {
        return put(Delivery.planned(id, "R", Receives.REPORT, URI.create(url)).ready(clock.instant()));
    }

    Parcel again(String id) {
        return put(delivery(id).ready(clock.instant()));
    }

    private synchronized Parcel put(Delivery delivery) {
        Delivery before = deliveries.put(delivery.webhookId(), delivery);
        NavigableSet<Delivery> index = waiting.computeIfAbsent(
                delivery.receiver(),
                r -> new ConcurrentSkipListSet<>(
                        Comparator.comparing(Delivery::next).thenComparing(Delivery::webhookId)));
        if (before != null && before.next() != null) {
            index.remove(before);
        }
        if (delivery.waiting()) {
            index.add(delivery);
        }
        return parcel(delivery);
    }

    private static Parcel parcel(Delivery delivery) {
        return new Parcel(delivery.webhookId().split("_", -1)[1], delivery);
    }

    public Delivery delivery(String id) {
        return deliveries.get("msg_" + id + "_R");
    }

    long count(DeliveryState state) {
        return deliveries.values().stream().filter(d -> d.state() == state).count();
    }

    long tried() {
        return deliveries.values().stream().filter(d -> d.tries() > 0).count();
    }

    /** What was brought while it was under way. */
    synchronized List<String> twice() {
        return new ArrayList<>(twice);
    }

    synchronized int mostAsked() {
        return mostAsked;
    }

    @Override
    public Optional<byte[]> body(Parcel parcel) throws IOException {
        String id = parcel.delivery().webhookId();
        if (!deliveries.get(id).current(parcel.delivery())) {
            return Optional.empty();
        }
        if (!underWay.add(id)) {
            synchronized (this) {
                twice.add(id);
            }
        }
        return Optional.of(("{\"id\": \"" + parcel.promise() + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
        return CompletableFuture.completedFuture(note(parcel, attempt));
    }

    synchronized List<Parcel> note(Parcel parcel, Attempt attempt) {
        Delivery before = deliveries.get(parcel.delivery().webhookId());
        underWay.remove(before.webhookId());
        Delivery after = before.after(parcel.delivery(), attempt, schedule, clock.instant());
        put(after);
        return after.waiting() ? List.of(parcel(after)) : List.of();
    }

    @Override
    public List<String> receiversDue(Instant until) throws IOException {
        List<String> due = new ArrayList<>();
        waiting.forEach((receiver, index) -> {
            if (!index.isEmpty() && !index.first().next().isAfter(until)) {
                due.add(receiver);
            }
        });
        return due;
    }

    @Override
    public List<Parcel> due(String receiver, Instant until, int most) throws IOException {
        synchronized (this) {
            mostAsked = Math.max(mostAsked, most);
        }
        return waiting.get(receiver).stream()
                .takeWhile(d -> !d.next().isAfter(until))
                .limit(most)
                .map(MemoryOutbox::parcel)
                .toList();
    }
}
