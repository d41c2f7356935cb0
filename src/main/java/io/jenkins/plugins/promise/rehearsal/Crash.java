package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.util.Optional;

/**
 * A script that broke off by a mistake of its own: no worker failed, and nobody said {@code error}.
 *
 * @param at where; line 0 if it is not known
 * @param what what went wrong
 */
record Crash(ScriptSource.Location at, String what) {
    /** What is told where the rehearsal does not name it as the reason; any failure would do for it otherwise. */
    Optional<Difference> unexpectedIn(Rehearsal rehearsal) {
        String expected = rehearsal.report().value() == null
                ? ""
                : rehearsal.report().value().path("reason").asText();
        return expected.contains(what)
                ? Optional.empty()
                : Optional.of(Difference.of(
                        at.line() > 0 ? at.file() + ":" + at.line() : at.file(),
                        "the script breaks off by a mistake of its own, and a FAILURE was expected for another reason: "
                                + what + "; mend it, or, if it is meant, say error '…' there, or name this reason in "
                                + rehearsal.file() + ":" + rehearsal.line("report") + " under report:"));
    }
}
