package io.jenkins.plugins.promise.acceptance.submission;

import io.jenkins.plugins.promise.contract.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Something that the ledger is writing, waited for. */
public final class Awaited {
    private Awaited() {}

    /**
     * What was written, once it is on disk.
     *
     * @param otherwise what is said if it was not written: what has not happened
     * @throws Refused if the ledger did not take it
     */
    public static <T> T written(CompletableFuture<T> written, String otherwise) throws Refused {
        try {
            return written.join();
        } catch (CompletionException e) {
            throw new Refused(
                    Refused.Why.UNAVAILABLE,
                    otherwise + ": "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()));
        }
    }
}
