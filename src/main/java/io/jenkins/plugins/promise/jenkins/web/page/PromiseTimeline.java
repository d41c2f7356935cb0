package io.jenkins.plugins.promise.jenkins.web.page;

import hudson.Util;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened to a promise. */
public final class PromiseTimeline {
    private final Promise promise;

    PromiseTimeline(Promise promise) {
        this.promise = promise;
    }

    /** All of it, in order of time. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(new Event(promise.accepted(), Messages.PromiseDetailsPage_Accepted(), "", "", promise.accepted()));
        add(events, promise.progress().started().orElse(null), Messages.PromiseDetailsPage_Started(), "", "");
        for (PhaseRecord phase : promise.phases()) {
            add(events, phase.started(), Messages.PromiseDetailsPage_Phase(phase.name()), "", "");
            add(events, phase.ended(), Messages.PromiseDetailsPage_PhaseEnded(phase.name()), "", "");
        }
        promise.settlement().ifPresent(s -> add(events, s.at(), promise.state().name(), s.reason(), ""));
        for (Delivery delivery : promise.deliveries()) {
            for (Attempt attempt : delivery.attempts()) {
                add(
                        events,
                        attempt.at(),
                        Messages.PromiseDetailsPage_Attempt(delivery.receives().keyword(), delivery.input()),
                        attempt.problem() == null ? "HTTP " + attempt.status() : attempt.problem(),
                        delivery.url().toString());
            }
        }
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    private void add(List<Event> events, Instant at, String what, String detail, String where) {
        if (at != null) {
            events.add(new Event(at, what, detail, where, promise.accepted()));
        }
    }

    /**
     * Something that happened to a promise.
     *
     * @param at when
     * @param what in a word or two
     * @param detail more of it; may be empty
     * @param where a URL; may be empty
     * @param accepted when the promise was accepted
     */
    public record Event(Instant at, String what, String detail, String where, Instant accepted) {
        /** When, in ISO 8601. */
        public String getAt() {
            return at.toString();
        }

        /** How long after the promise was accepted, for people. */
        public String getAfter() {
            return "+" + Util.getTimeSpanString(Duration.between(accepted, at).toMillis());
        }

        /** In a word or two. */
        public String getWhat() {
            return what;
        }

        /** More of it. */
        public String getDetail() {
            return detail;
        }

        /** A URL, to be shown as text. */
        public String getWhere() {
            return where;
        }
    }
}
