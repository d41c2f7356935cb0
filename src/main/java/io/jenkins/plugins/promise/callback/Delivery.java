package io.jenkins.plugins.promise.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.hash.Hashing;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.contract.Receives;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
 * @param round how often it became ready to be sent: 0 while there is nothing to send, then one more each time that it
 *     is asked for again
 * @param step how many attempts of this round have failed, which is how far it is in the schedule
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
        int round,
        int step,
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
                0,
                0,
                new ArrayList<>());
    }

    /** The same, due now, with the whole schedule before it. */
    public Delivery ready(Instant now) {
        return new Delivery(
                input, receives, url, webhookId, DeliveryState.WAITING, now, now, tries, round + 1, 0, attempts);
    }

    /**
     * The same after an attempt; itself if it does not wait for one.
     *
     * <p>It may have been asked for again while the attempt was under way. If the receiver took that one, it has what was
     * asked for, and nothing more is sent. If not, the attempt is remembered and changes nothing else: the round that was
     * asked for begins with an attempt of its own, also where the old one would have been given up.
     *
     * @param sent the delivery as it was when the attempt began
     * @param now when the attempt is noted
     */
    public Delivery after(Delivery sent, Attempt attempt, RetrySchedule schedule, Instant now) {
        if (!waiting()) {
            return this;
        }
        if (attempt.accepted()) {
            return noted(attempt, DeliveryState.DELIVERED, null, step);
        }
        if (sent.round != round) {
            return noted(attempt, state, next, step);
        }
        Instant limit = since.plus(schedule.giveUpAfter());
        if (attempt.gone() || !attempt.at().isBefore(limit)) {
            return noted(attempt, DeliveryState.GIVEN_UP, null, step + 1);
        }
        Duration delay = schedule.delay(step + 1, jitter());
        if (attempt.retryAfter() != null && attempt.retryAfter().compareTo(delay) > 0) {
            delay = attempt.retryAfter();
        }
        Instant due = now.plus(delay);
        // The last attempt is made when the time is over, not before.
        return noted(attempt, DeliveryState.WAITING, due.isAfter(limit) ? limit : due, step + 1);
    }

    private Delivery noted(Attempt attempt, DeliveryState then, Instant due, int steps) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        if (all.size() > ATTEMPTS_KEPT) {
            all = all.subList(all.size() - ATTEMPTS_KEPT, all.size());
        }
        return new Delivery(input, receives, url, webhookId, then, since, due, tries + 1, round, steps, all);
    }

    /** Between 0 and 1, evenly over all deliveries and attempts, and the same each time that it is asked for. */
    private double jitter() {
        int hash = Hashing.murmur3_32_fixed()
                .hashString(webhookId + ":" + tries, StandardCharsets.UTF_8)
                .asInt();
        return Integer.toUnsignedLong(hash) / (double) (1L << Integer.SIZE);
    }

    /** Whether this one, as it was handed to the courier, is still to be brought. */
    public boolean current(Delivery handedOver) {
        return waiting() && round == handedOver.round && tries == handedOver.tries;
    }

    /** Whether this state of a delivery is a later one than another of the same delivery. */
    boolean laterThan(Delivery other) {
        return round > other.round || (round == other.round && tries > other.tries);
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
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = url.getHost() == null ? String.valueOf(url.getRawAuthority()) : EndpointGuard.host(url);
        int port = url.getPort() == -1 ? scheme.equals("https") ? 443 : 80 : url.getPort();
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
