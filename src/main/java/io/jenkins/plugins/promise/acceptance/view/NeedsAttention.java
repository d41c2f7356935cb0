package io.jenkins.plugins.promise.acceptance.view;

import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery.Which;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What needs a person: what waits for long, or for what does not come by itself, workers too; then deliveries that fail or
 * were given up.
 */
public final class NeedsAttention {
    private final Ledger ledger;
    private final Dispatch dispatch;

    /** Of the promises of a ledger, of which those that wait are dispatched by that. */
    public NeedsAttention(Ledger ledger, Dispatch dispatch) {
        this.ledger = ledger;
        this.dispatch = dispatch;
    }

    /**
     * A promise that needs a person.
     *
     * @param promise as it is now
     * @param stuck whether it is {@link Stuck}; else it was given up
     */
    public record Needing(Promise promise, boolean stuck) {}

    /**
     * First what is stuck, the longest first, then what was given up.
     *
     * @param job a common name; null for all
     * @param most how many of each
     */
    public List<Needing> found(String job, int most) {
        Map<String, Needing> found = new LinkedHashMap<>();
        new Stuck(ledger, Clock.systemUTC(), dispatch::obstacle)
                .longest(job, most)
                .forEach(p -> found.put(p.id(), new Needing(p, true)));
        ledger.lists()
                .page(new PromiseQuery(Which.UNDELIVERED, job != null, job, "", null, most))
                .promises()
                .forEach(p -> found.put(p.id(), new Needing(p, found.containsKey(p.id()))));
        return new ArrayList<>(found.values());
    }
}
