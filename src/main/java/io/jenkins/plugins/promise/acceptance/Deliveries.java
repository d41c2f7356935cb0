package io.jenkins.plugins.promise.acceptance;

import com.fasterxml.jackson.core.JacksonException;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.submission.Awaited;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.callback.Outbox;
import io.jenkins.plugins.promise.callback.Parcel;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The outbox: what of the promises is on its way to callbacks, as the ledger has it. */
final class Deliveries implements Outbox {
    private static final Logger LOGGER = Logger.getLogger(Deliveries.class.getName());

    private final Ledger ledger;
    private final Links links;
    private final PromiseEvents events;
    private final Supplier<RetrySchedule> schedule;
    private final Clock clock;

    Deliveries(Ledger ledger, Links links, PromiseEvents events, Supplier<RetrySchedule> schedule, Clock clock) {
        this.ledger = ledger;
        this.links = links;
        this.events = events;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> body(Parcel parcel) throws IOException {
        Optional<Promise> promise = ledger.find(parcel.promise());
        boolean current = promise.flatMap(p -> p.delivery(parcel.delivery().input()))
                .filter(d -> d.current(parcel.delivery()))
                .isPresent();
        if (!current) {
            return Optional.empty();
        }
        if (parcel.delivery().receives() == Receives.REGISTRATION) {
            return Optional.of(registration(promise.get()));
        }
        return Optional.of(ledger.report(parcel.promise())
                .orElseThrow(() -> new IOException("the report of " + parcel.promise() + " is gone")));
    }

    private byte[] registration(Promise promise) throws JacksonException {
        return Json.mapper()
                .writeValueAsBytes(
                        Registration.of(promise, links.queueItem(promise).orElse(null), links.promise(promise.id())));
    }

    @Override
    public CompletableFuture<List<Parcel>> attempted(Parcel parcel, Attempt attempt) {
        String input = parcel.delivery().input();
        return ledger.change(
                        parcel.promise(),
                        p -> p.withDelivery(
                                input, d -> d.after(parcel.delivery(), attempt, schedule.get(), clock.instant())))
                .thenApplyAsync(
                        after -> after.map(p -> next(p, parcel.delivery(), attempt))
                                .orElse(List.of()),
                        events.thread());
    }

    /** This one again if it failed; and a report that was held up by this registration. */
    private List<Parcel> next(Promise after, Delivery tried, Attempt attempt) {
        Delivery now = after.delivery(tried.input()).orElseThrow();
        if (now.state() == DeliveryState.GIVEN_UP) {
            LOGGER.log(Level.WARNING, "{0} was given up after {1} attempts at {2}: {3}", new Object[] {
                now.webhookId(), now.tries(), now.url(), attempt.problem()
            });
        }
        events.tell(after);
        return after.sendable().stream()
                .filter(d -> d.input().equals(tried.input()) || now.receives() == Receives.REGISTRATION)
                .map(d -> new Parcel(after.id(), d))
                .toList();
    }

    @Override
    public List<String> receiversDue(Instant until) {
        return ledger.work().receiversDue(until);
    }

    @Override
    public List<Parcel> due(String receiver, Instant until, int most) {
        return ledger.work().due(receiver, until, most);
    }

    /**
     * Sends a settled promise's reports again to every callback that has not got them; to all callbacks if all have.
     *
     * @return the promise, with what is sent again ready
     * @throws Refused if it is not settled, or has no callbacks
     */
    Promise redeliver(Promise promise) throws Refused {
        if (!promise.state().settled()) {
            throw new Refused(Refused.Why.CONFLICT, "the promise is not settled yet: there is no report to deliver");
        }
        if (promise.deliveries().isEmpty()) {
            throw new Refused(Refused.Why.CONFLICT, "the promise has no callbacks");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Awaited.written(ledger.change(promise.id(), p -> again(p, now)), "nothing is sent again")
                .orElseThrow(() -> ledger.find(promise.id()).isEmpty()
                        ? Refused.unknown("promise", promise.id(), List.of())
                        : new Refused(
                                Refused.Why.UNAVAILABLE, "another controller has this promise; ask it, or try again"));
    }

    private static Promise again(Promise promise, Instant now) {
        List<Delivery> missing = missing(promise);
        Promise changed = promise;
        for (Delivery delivery : missing) {
            changed = changed.withDelivery(delivery.input(), d -> d.ready(now));
        }
        return changed;
    }

    /** What a redelivery sends. */
    static List<Delivery> missing(Promise promise) {
        List<Delivery> missing = promise.deliveries().stream()
                .filter(d -> d.state() != DeliveryState.DELIVERED)
                .toList();
        return missing.isEmpty() ? promise.deliveries() : missing;
    }
}
