package io.jenkins.plugins.promise.callback;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One receiver's parcels: a bounded number that wait, in the order in which they are due, and those that are away: under
 * way, or brought and not noted yet. A parcel is in it once. {@link Lanes} guards it.
 */
final class Lane {
    private static final int FAILURES_TO_NARROW = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FAILURES_KNOWN = Duration.ofMinutes(1);

    private final CourierLimits limits;
    private final TreeSet<Waiting> waiting =
            new TreeSet<>(Comparator.comparing(Waiting::due).thenComparing(w -> id(w.parcel)));
    private final Map<String, Waiting> waitingById = new HashMap<>();
    /** What is away, each with the parcel that was handed over meanwhile, or itself. */
    private final Map<String, Parcel> away = new HashMap<>();

    private int sending;
    private int failures;
    private Instant failed = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;
    private Instant wakes = Instant.MAX;
    private boolean more;
    private boolean mayPull;
    private boolean pulling;

    Lane(CourierLimits limits) {
        this.limits = limits;
    }

    private static String id(Parcel parcel) {
        return parcel.delivery().webhookId();
    }

    /** Takes a parcel that was handed over. */
    void post(Parcel parcel, Instant due) {
        if (away.computeIfPresent(id(parcel), (id, itself) -> parcel) == null) {
            hold(parcel, due);
        }
    }

    private void hold(Parcel parcel, Instant due) {
        Waiting known = waitingById.get(id(parcel));
        if (known != null) {
            if (!parcel.delivery().laterThan(known.parcel.delivery())) {
                return;
            }
            drop(known);
        }
        Waiting added = new Waiting(parcel, due);
        if (waiting.size() >= limits.held()) {
            // The outbox has what does not fit; what is due last can wait there best.
            more = true;
            Waiting last = waiting.last();
            if (waiting.comparator().compare(added, last) >= 0) {
                return;
            }
            drop(last);
        }
        waiting.add(added);
        waitingById.put(id(parcel), added);
    }

    private void drop(Waiting dropped) {
        waiting.remove(dropped);
        waitingById.remove(id(dropped.parcel));
    }

    /** The next parcel to send now; nothing if there is none, or no more may be sent at once. */
    Optional<Parcel> take(Instant now) {
        int width = failures >= FAILURES_TO_NARROW ? limits.perFailingReceiver() : limits.perReceiver();
        if (sending >= width
                || waiting.isEmpty()
                || pause(now).isAfter(now)
                || waiting.first().due.isAfter(now)) {
            return Optional.empty();
        }
        Waiting first = waiting.first();
        drop(first);
        sending++;
        away.put(id(first.parcel), first.parcel);
        return Optional.of(first.parcel);
    }

    /** When there will be something to send unless something comes before; nothing if that is known already. */
    Optional<Instant> wake(Instant now) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Instant due = waiting.first().due;
        Instant pause = pause(now);
        Instant then = due.isAfter(pause) ? due : pause;
        if (!then.isAfter(now) || !then.isBefore(wakes)) {
            return Optional.empty();
        }
        wakes = then;
        return Optional.of(then);
    }

    /** Until when nothing is sent; a pause that is longer than any can be was begun before the clock was set back. */
    private Instant pause(Instant now) {
        return pausedUntil.isAfter(now.plus(LONGEST_PAUSE)) ? Instant.MIN : pausedUntil;
    }

    /** It was woken. */
    void woken() {
        wakes = Instant.MAX;
    }

    /** An attempt has ended; whether it is noted is another matter. */
    void sent(Attempt attempt, Instant now) {
        sending--;
        mayPull = true;
        boolean answers = attempt.status() != null && attempt.status() < 500 && !attempt.throttled();
        failures = answers ? 0 : failures + 1;
        failed = answers ? Instant.MIN : now;
        if (attempt.throttled()) {
            boolean longer = attempt.retryAfter().compareTo(LONGEST_PAUSE) > 0;
            Instant until = now.plus(longer ? LONGEST_PAUSE : attempt.retryAfter());
            pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
        }
    }

    /** It was out of date, and nothing was sent. */
    void passedOver() {
        sending--;
    }

    /** A parcel is no longer away. What was handed over meanwhile takes its place. */
    void back(Parcel parcel, Instant now) {
        Parcel latest = away.remove(id(parcel));
        if (latest != null && !latest.equals(parcel)) {
            Instant due = latest.delivery().next();
            hold(latest, due == null ? now : due);
        }
    }

    /** The outbox may have parcels that are not here. */
    void expectMore() {
        more = true;
        mayPull = true;
    }

    /** How many parcels are to be asked for: enough that those which are here leave room for new ones; 0 for none. */
    int pull() {
        if (!more || !mayPull || pulling || waiting.size() > limits.held() / 2) {
            return 0;
        }
        pulling = true;
        mayPull = false;
        return limits.held() + away.size();
    }

    /** What the outbox had. */
    void pulled(List<Parcel> found, int most, Instant now) {
        pulling = false;
        more = found.size() >= most;
        for (Parcel parcel : found) {
            if (!away.containsKey(id(parcel))) {
                Instant due = parcel.delivery().next();
                hold(parcel, due == null ? now : due);
            }
        }
    }

    /** Whether it holds nothing, and nothing of it has to be remembered. */
    boolean idle(Instant now) {
        return waiting.isEmpty()
                && away.isEmpty()
                && !pulling
                && !pause(now).isAfter(now)
                && (failures == 0 || !failed.plus(FAILURES_KNOWN).isAfter(now));
    }

    private record Waiting(Parcel parcel, Instant due) {}
}
