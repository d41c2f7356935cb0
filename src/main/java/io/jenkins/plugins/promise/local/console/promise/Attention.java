package io.jenkins.plugins.promise.local.console.promise;

import io.jenkins.plugins.promise.deployment.BrokenVersion;
import io.jenkins.plugins.promise.ledger.promise.SetAside;
import java.util.ArrayList;
import java.util.List;

/**
 * What needs a person.
 *
 * @param stuck what waits for long, or for what does not come by itself, and deliveries that fail again and again
 * @param undelivered what was given up
 * @param setAside promises that cannot be read
 * @param broken versions that cannot be read
 */
public record Attention(
        List<PromiseLine> stuck, List<PromiseLine> undelivered, List<SetAside> setAside, List<BrokenVersion> broken) {
    /** Copies what it is given. */
    public Attention {
        stuck = new ArrayList<>(stuck);
        undelivered = new ArrayList<>(undelivered);
        setAside = new ArrayList<>(setAside);
        broken = new ArrayList<>(broken);
    }

    /** How many there are in all. */
    public int count() {
        return stuck.size() + undelivered.size() + setAside.size() + broken.size();
    }
}
