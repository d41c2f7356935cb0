package io.jenkins.plugins.promise.callback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All receivers' lanes: what may be sent to whom now. It starts nothing itself, and each of its steps is taken whole, so
 * that any thread may ask.
 */
final class Lanes {
    private final CourierLimits limits;
    private final Map<String, Lane> lanes = new HashMap<>();
    private int unwritten;
    private boolean heldBack;

    Lanes(CourierLimits limits) {
        this.limits = limits;
    }

    /** How many receivers have a lane. */
    synchronized int count() {
        return lanes.size();
    }

    /** The receivers that have a lane. */
    synchronized List<String> receivers() {
        return new ArrayList<>(lanes.keySet());
    }

    /** Takes a parcel. */
    synchronized void post(Parcel parcel, Instant due) {
        lane(parcel).post(parcel, due);
    }

    private Lane lane(Parcel parcel) {
        return lanes.computeIfAbsent(parcel.delivery().receiver(), r -> new Lane(limits));
    }

    /** What is to be sent to a receiver now; from here on each of these is under way. */
    synchronized List<Parcel> take(String receiver, Instant now) {
        List<Parcel> go = new ArrayList<>();
        Lane lane = lanes.get(receiver);
        if (lane == null) {
            return go;
        }
        if (unwritten >= limits.unwritten()) {
            heldBack = true;
            return go;
        }
        for (Optional<Parcel> next = lane.take(now); next.isPresent(); next = lane.take(now)) {
            go.add(next.get());
        }
        return go;
    }

    /** When a receiver's lane must be looked at again, unless something happens before; nothing if that is known. */
    synchronized Optional<Instant> wake(String receiver, Instant now) {
        return of(receiver, lane -> lane.wake(now));
    }

    private <T> Optional<T> of(String receiver, Function<Lane, Optional<T>> question) {
        Lane lane = lanes.get(receiver);
        return lane == null ? Optional.empty() : question.apply(lane);
    }

    /** A lane is looked at because it was time to. */
    synchronized void woken(String receiver) {
        Lane lane = lanes.get(receiver);
        if (lane != null) {
            lane.woken();
        }
    }

    /** An attempt has ended, and is about to be noted. */
    synchronized void sent(Parcel parcel, Attempt attempt, Instant now) {
        unwritten++;
        lane(parcel).sent(attempt, now);
    }

    /**
     * An attempt is noted.
     *
     * @return the receivers that wait for that, and for nothing else
     */
    synchronized List<String> noted(Parcel parcel, Instant now) {
        unwritten--;
        back(parcel, now);
        if (heldBack && unwritten <= limits.unwritten() / 2) {
            heldBack = false;
            return receivers();
        }
        return List.of();
    }

    /** A parcel was out of date. */
    synchronized void passedOver(Parcel parcel, Instant now) {
        lane(parcel).passedOver();
        back(parcel, now);
    }

    private void back(Parcel parcel, Instant now) {
        lane(parcel).back(parcel, now);
        tidy(parcel.delivery().receiver(), now);
    }

    /** The outbox may have more for a receiver. */
    synchronized void expectMore(String receiver) {
        lanes.computeIfAbsent(receiver, r -> new Lane(limits)).expectMore();
    }

    /** How many parcels for a receiver are to be asked for; 0 for none. */
    synchronized int pull(String receiver) {
        Lane lane = lanes.get(receiver);
        return lane == null ? 0 : lane.pull();
    }

    /** What the outbox had of those that were asked for. */
    synchronized void pulled(String receiver, List<Parcel> found, int most, Instant now) {
        Lane lane = lanes.get(receiver);
        if (lane != null) {
            lane.pulled(found, most, now);
            tidy(receiver, now);
        }
    }

    /** Forgets lanes that nothing has to be known of. */
    synchronized void tidy(Instant now) {
        lanes.values().removeIf(lane -> lane.idle(now));
    }

    private void tidy(String receiver, Instant now) {
        Lane lane = lanes.get(receiver);
        if (lane != null && lane.idle(now)) {
            lanes.remove(receiver);
        }
    }
}
