package io.jenkins.plugins.promise.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.Receives;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One report or registration on its way to one callback.
 *
 * @param input the name of the input that holds the URL
 * @param receives what is sent
 * @param url where to
 * @param webhookId the same at every attempt, so that a receiver can drop duplicates
 * @param state where it stands
 * @param since when it became ready to be sent, or was asked for again; null while there is nothing to send
 * @param next when the next attempt is due; null unless one is
 * @param tries how many attempts were made in all
 * @param attempts the latest attempts, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
        String input,
        Receives receives,
        URI url,
        String webhookId,
        DeliveryState state,
        Instant since,
        Instant next,
        int tries,
        List<Attempt> attempts) {

    private static final int ATTEMPTS_KEPT = 50;

    /** Copies what it is given. */
    public Delivery {
        attempts = attempts == null ? new ArrayList<>() : new ArrayList<>(attempts);
    }

    /** A delivery for which there is nothing to send yet. */
    public static Delivery planned(String promiseId, String input, Receives receives, URI url) {
        return new Delivery(
                input,
                receives,
                url,
                "msg_" + promiseId + "_" + input,
                DeliveryState.WAITING,
                null,
                null,
                0,
                new ArrayList<>());
    }

    /** The same, due now, with the whole time for retries before it. */
    public Delivery ready(Instant now) {
        return new Delivery(input, receives, url, webhookId, DeliveryState.WAITING, now, now, tries, attempts);
    }

    /** The same after an attempt. */
    public Delivery after(Attempt attempt, RetrySchedule schedule, Instant now, double jitter) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        if (all.size() > ATTEMPTS_KEPT) {
            all = all.subList(all.size() - ATTEMPTS_KEPT, all.size());
        }
        int made = tries + 1;
        DeliveryState then = DeliveryState.WAITING;
        Instant due = null;
        if (attempt.accepted()) {
            then = DeliveryState.DELIVERED;
        } else if (attempt.gone()) {
            then = DeliveryState.GIVEN_UP;
        } else {
            Duration delay = schedule.delay(made, jitter);
            if (attempt.retryAfter() != null && attempt.retryAfter().compareTo(delay) > 0) {
                delay = attempt.retryAfter();
            }
            due = now.plus(delay);
            if (due.isAfter(since.plus(schedule.giveUpAfter()))) {
                then = DeliveryState.GIVEN_UP;
                due = null;
            }
        }
        return new Delivery(input, receives, url, webhookId, then, since, due, made, all);
    }

    /** When the latest attempt began; null if there was none. */
    public Instant lastAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).at();
    }

    /** Whether it has yet to arrive. */
    public boolean waiting() {
        return state == DeliveryState.WAITING;
    }

    /** Who receives it: scheme, host and port of the URL. */
    public String receiver() {
        int port = url.getPort();
        if (port == -1) {
            port = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        }
        return (url.getScheme() + "://" + url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
