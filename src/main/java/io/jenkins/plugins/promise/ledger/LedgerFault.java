package io.jenkins.plugins.promise.ledger;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Something that is wrong with what a ledger holds.
 *
 * @param what is wrong, in a sentence
 * @param promises the ids of those it touches, as far as they can still be told
 */
public record LedgerFault(String what, List<String> promises) {
    private static final int SHOWN = 20;

    /** Something that is wrong with a deployed version: it touches the promises that are not settled and need it. */
    public static LedgerFault ofVersion(Handle handle, String version, String what) {
        return new LedgerFault(
                what,
                handle.select("SELECT id FROM promise WHERE settled IS NULL AND version = ? ORDER BY number", version)
                        .mapTo(String.class)
                        .list());
    }

    /** In a line, for people. */
    @Override
    public String toString() {
        if (promises.isEmpty()) {
            return what;
        }
        String more = promises.size() > SHOWN ? " and " + (promises.size() - SHOWN) + " more" : "";
        return what + ": " + promises.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }
}
