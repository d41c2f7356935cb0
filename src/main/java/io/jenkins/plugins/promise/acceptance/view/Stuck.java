package io.jenkins.plugins.promise.acceptance.view;

import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The promises of this controller that a person may have to look after: what waits for long, or for what does not come by
 * itself, and what is not delivered.
 */
public final class Stuck {
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration MOMENT = Duration.ofSeconds(20);
    private static final int LOOKED_AT = 50;
    private static final int TRIES = 3;
    private static final Duration NEXT_ATTEMPT_AT_MOST = Duration.ofDays(30);

    private final Ledger ledger;
    private final Clock clock;
    private final Function<Promise, Optional<String>> obstacles;

    /**
     * What is stuck in a ledger.
     *
     * @param obstacles what keeps the build of a promise from starting until a person helps; nothing if nothing does
     */
    public Stuck(Ledger ledger, Clock clock, Function<Promise, Optional<String>> obstacles) {
        this.ledger = ledger;
        this.clock = clock;
        this.obstacles = obstacles;
    }

    /**
     * Those that wait for a build for long, or for one that cannot start until a person helps, called ones too, and those
     * with a delivery that has failed three times and is tried again. The longest first, of each lane and each receiver so
     * many at most.
     *
     * @param job a common name; null for all
     */
    public List<Promise> longest(String job, int most) {
        Map<String, Promise> stuck = new LinkedHashMap<>();
        Instant before = clock.instant().minus(LONG);
        for (Promise waiting : waiting(most)) {
            if (waiting.accepted().isBefore(before) || obstacles.apply(waiting).isPresent()) {
                stuck.put(waiting.id(), waiting);
            }
        }
        Instant until = clock.instant().plus(NEXT_ATTEMPT_AT_MOST);
        for (String receiver : ledger.work().receiversDue(until)) {
            ledger.work().due(receiver, until, most).stream()
                    .filter(parcel -> parcel.delivery().tries() >= TRIES)
                    .map(Parcel::promise)
                    .distinct()
                    .forEach(id -> ledger.find(id).ifPresent(p -> stuck.put(id, p)));
        }
        return stuck.values().stream()
                .filter(p -> job == null || job.equals(p.job()))
                .limit(most)
                .toList();
    }

    /**
     * What keeps builds from starting until a person helps, each with the promise that waits for it the longest, of each
     * lane among its first. An agent that is restarted, or a job that is disabled for a moment, is not told of.
     */
    public Map<String, Promise> obstacles() {
        Map<String, Promise> found = new LinkedHashMap<>();
        for (Promise waiting : waiting(LOOKED_AT)) {
            obstacles.apply(waiting).ifPresent(o -> found.putIfAbsent(o, waiting));
        }
        return found;
    }

    private List<Promise> waiting(int most) {
        Instant before = clock.instant().minus(MOMENT);
        List<Promise> waiting = new ArrayList<>();
        for (String lane : ledger.work().lanes()) {
            ledger.work().waiting(lane, List.of(), List.of(), most).stream()
                    .filter(p -> p.accepted().isBefore(before))
                    .forEach(waiting::add);
        }
        return waiting;
    }
}
