package io.jenkins.plugins.promise.local.console.promise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of one promise shows.
 *
 * @param line the promise as a list has it
 * @param waitsSince since when it waits for that; null if it waits for nothing
 * @param deadline when it is settled at the latest
 * @param starts how often its build was started
 * @param parent the orchestration's promise that it is part of; null for a submission from outside
 * @param inputs its inputs, secrets masked
 * @param rows what was done when
 * @param deliveries its deliveries
 * @param report its report, for people to read; null while it is not settled
 * @param settled whether it is settled
 * @param open whether anything is still to be done
 */
public record PromiseDetails(
        PromiseLine line,
        Instant waitsSince,
        Instant deadline,
        int starts,
        String parent,
        Map<String, String> inputs,
        List<Row> rows,
        List<DeliveryLine> deliveries,
        String report,
        boolean settled,
        boolean open) {

    /** Copies what it is given. */
    public PromiseDetails {
        inputs = new LinkedHashMap<>(inputs);
        rows = new ArrayList<>(rows);
        deliveries = new ArrayList<>(deliveries);
    }

    /** Whether there is a report that can be sent again. */
    public boolean redeliverable() {
        return settled && !deliveries.isEmpty();
    }

    /**
     * Something in the timeline.
     *
     * @param phase whether it is a phase, which holds the workers after it
     * @param name what it is called
     * @param promise its own promise's id; null if it has none
     * @param state how it stands
     * @param accepted since when it waited; null if that is not known
     * @param started since when it ran; null before
     * @param ended until when; null while it goes on
     * @param reason why it ended; empty where there is nothing to say
     */
    public record Row(
            boolean phase,
            String name,
            String promise,
            String state,
            Instant accepted,
            Instant started,
            Instant ended,
            String reason) {
        /** How long it took, or has taken until now. */
        public String took() {
            return accepted == null
                    ? ""
                    : Span.between(accepted, ended, Instant.now()).toString();
        }
    }

    /**
     * A delivery with its attempts.
     *
     * @param state WAITING, DELIVERED or GIVEN_UP
     * @param input the callback's input
     * @param receives report or registration
     * @param url where to
     * @param tries how many attempts were made, also those that are not kept
     * @param next when the next one is due; null for never
     * @param attempts those that are kept, the latest first
     */
    public record DeliveryLine(
            String state,
            String input,
            String receives,
            String url,
            int tries,
            Instant next,
            List<AttemptLine> attempts) {
        /** Copies what it is given. */
        public DeliveryLine {
            attempts = new ArrayList<>(attempts);
        }
    }

    /**
     * An attempt at a delivery.
     *
     * @param at when it began
     * @param took how long it took
     * @param answer what the receiver answered, or why none came
     */
    public record AttemptLine(Instant at, String took, String answer) {}
}
