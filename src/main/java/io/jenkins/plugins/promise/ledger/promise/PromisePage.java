package io.jenkins.plugins.promise.ledger.promise;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of promises.
 *
 * @param promises newest first
 * @param next what the next page is {@code after}; null if this is the last one
 */
public record PromisePage(List<Promise> promises, String next) {
    /** Copies what it is given. */
    public PromisePage {
        promises = new ArrayList<>(promises);
    }
}
