package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.report.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What a worker answers when it is called.
 *
 * @param outcome nothing if it never answers, so that its deadline passes
 * @param after how long it takes, in the rehearsal's own time
 */
public record Answer(Optional<Outcome> outcome, Duration after) {
    /** It succeeds at once and has nothing to say. */
    public static final Answer DONE = new Answer(Optional.of(Outcome.success("answered", null)), Duration.ZERO);
}
