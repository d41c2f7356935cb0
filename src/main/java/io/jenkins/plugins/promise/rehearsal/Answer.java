package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.report.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a worker answers when it is called.
 *
 * @param outcome nothing if it never answers, so that its deadline passes
 * @param produces the names of the files that it produces; null if that is not said
 * @param after how long it takes, in the rehearsal's own time
 */
public record Answer(Optional<Outcome> outcome, List<String> produces, Duration after) {
    /** It succeeds at once and has nothing to say. */
    public static final Answer DONE = new Answer(Optional.of(Outcome.success("answered", null)), null, Duration.ZERO);

    /** Copies what it is given. */
    public Answer {
        produces = produces == null ? null : new ArrayList<>(produces);
    }

    /** An answer that does not say what is produced. */
    Answer(Optional<Outcome> outcome, Duration after) {
        this(outcome, null, after);
    }
}
