package io.jenkins.plugins.promise.farm;

import java.time.Duration;
import java.util.List;

/**
 * What a farm says about promise jobs; null where it leaves a controller's own.
 *
 * @param receivers hosts that callbacks may go to; empty for all that are public
 * @param deadline of contracts that have none
 * @param retention how long closed promises are kept
 * @param retry when deliveries are tried again; empty for a controller's own
 * @param giveUpAfter how long a delivery is tried
 * @param lease after how much silence a controller is taken for dead
 */
public record FarmSettings(
        List<String> receivers,
        Duration deadline,
        Duration retention,
        List<Duration> retry,
        Duration giveUpAfter,
        Duration lease) {
    /** Copies what it is given. */
    public FarmSettings {
        receivers = List.copyOf(receivers);
        retry = List.copyOf(retry);
    }
}
