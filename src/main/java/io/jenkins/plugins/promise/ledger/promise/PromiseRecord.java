package io.jenkins.plugins.promise.ledger.promise;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jenkins.plugins.promise.contract.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What of a promise stands in no column: JSON, in the form of {@link #FORMAT}.
 *
 * @param inputs as build parameters hold them
 * @param secrets which of them are sealed
 * @param call null for one from outside
 * @param key null for none
 * @param submitter null for one of a call, or if it is not known
 * @param build null while there is none
 * @param started null while there is no build
 * @param starts how often a build was started
 * @param phases of an orchestration
 * @param callbacks how many deliveries it has
 * @param epoch with which it was written
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PromiseRecord(
        Map<String, String> inputs,
        List<String> secrets,
        ParentCall call,
        IdempotencyKey key,
        Submitter submitter,
        String build,
        Instant started,
        int starts,
        List<PhaseRecord> phases,
        int callbacks,
        int epoch) {
    /** The number of this form; a later form reads the earlier ones. */
    public static final int FORMAT = 1;

    private static final ObjectWriter WRITER = Json.mapper().writerFor(PromiseRecord.class);
    private static final ObjectReader READER = Json.mapper().readerFor(PromiseRecord.class);

    /** Takes what an earlier build left out for empty. */
    public PromiseRecord {
        inputs = inputs == null ? Map.of() : inputs;
        secrets = secrets == null ? List.of() : secrets;
        phases = phases == null ? List.of() : phases;
    }

    /** What of a promise stands in no column. */
    public static PromiseRecord of(Promise promise) {
        return new PromiseRecord(
                promise.inputs(),
                promise.secrets(),
                promise.parent(),
                promise.key(),
                kept(promise),
                promise.progress().build().orElse(null),
                promise.progress().started().orElse(null),
                promise.progress().starts(),
                promise.phases(),
                promise.deliveries().size(),
                promise.epoch());
    }

    /** That of a call is told by the call. */
    private static Submitter kept(Promise promise) {
        return promise.parent() != null || promise.submitter().equals(Submitter.UNKNOWN) ? null : promise.submitter();
    }

    /** Where the promise came from. */
    public Origin origin() {
        return call != null
                ? new Origin.Called(call)
                : new Origin.Outside(key, submitter == null ? Submitter.UNKNOWN : submitter);
    }

    /**
     * Reads one.
     *
     * @throws UnreadableRecord if it has another form or is damaged
     */
    public static PromiseRecord read(int format, String json) throws UnreadableRecord {
        if (format != FORMAT) {
            throw new UnreadableRecord("its record has the format " + format + ", and this build reads " + FORMAT);
        }
        try {
            PromiseRecord record = READER.readValue(json);
            if (record == null) {
                throw new UnreadableRecord("its record is empty");
            }
            return record;
        } catch (JacksonException e) {
            throw new UnreadableRecord("its record is damaged: " + e.getOriginalMessage());
        }
    }

    /** As it is kept in the row, in the form {@link #FORMAT}. */
    public String json() {
        try {
            return WRITER.writeValueAsString(this);
        } catch (JacksonException e) {
            throw new IllegalStateException("a record is made of texts and numbers", e);
        }
    }
}
