package io.jenkins.plugins.promise.environment;

import java.time.Instant;

/**
 * That a person lets one manifest go to one environment.
 *
 * @param manifest its id
 * @param who the person
 * @param at when
 * @param until when it counts no more; null for never
 */
public record Approval(String environment, String manifest, String who, Instant at, Instant until) {
    /** Whether it counts still. */
    public boolean counts(Instant now) {
        return until == null || now.isBefore(until);
    }
}
