package io.jenkins.plugins.promise.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;

/**
 * One try at a delivery.
 *
 * @param at when it began
 * @param millis how long it took, in milliseconds
 * @param status the HTTP status; null if none came
 * @param problem why it failed; null if it did not
 * @param retryAfter what the receiver asked for; null if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(Instant at, long millis, Integer status, String problem, Duration retryAfter) {
    /** Whether the receiver took it. */
    public boolean accepted() {
        return status != null && status / 100 == 2;
    }

    /** Whether the receiver wants nothing more at this URL (410). */
    public boolean gone() {
        return status != null && status == 410;
    }

    /** Whether the receiver, or what stands before it, asked to be left alone for a while (429, 503 with Retry-After). */
    public boolean throttled() {
        return status != null && (status == 429 || status == 503) && retryAfter != null;
    }
}
