package io.jenkins.plugins.promise.acceptance.view;

import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The promises of this controller that a person may have to look after: those that wait for long, and what is not delivered. */
public final class Stuck {
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final int TRIES = 3;
    private static final Duration NEXT_ATTEMPT_AT_MOST = Duration.ofDays(30);

    private final Ledger ledger;
    private final Clock clock;

    /** What is stuck in a ledger. */
    public Stuck(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Those that wait for a build for long, called ones too, and those with a delivery that has failed three times and is
     * tried again. The longest first, of each lane and each receiver so many at most.
     *
     * @param job a common name; null for all
     */
    public List<Promise> longest(String job, int most) {
        Map<String, Promise> stuck = new LinkedHashMap<>();
        Instant before = clock.instant().minus(LONG);
        for (String lane : ledger.work().lanes()) {
            ledger.work().waiting(lane, List.of(), most).stream()
                    .filter(p -> p.accepted().isBefore(before))
                    .forEach(p -> stuck.put(p.id(), p));
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
}
