package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.Receives;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.Test;

/** A receiver's lane when the clock is set. */
public class LaneTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    public void aReceiverThatAskedForAMinuteIsNotHeldUpForHoursWhenTheClockIsSetBack() {
        Lane lane = new Lane(CourierLimits.DEFAULT);
        lane.post(parcel("a", NOW), NOW);
        Parcel first = lane.take(NOW).orElseThrow();
        lane.sent(new Attempt(NOW, 1, 429, "later", Duration.ofMinutes(1)), NOW);
        lane.back(first, NOW);

        Instant twoMinutesLater = NOW.plusSeconds(120).minus(Duration.ofHours(3));
        lane.post(parcel("b", twoMinutesLater), twoMinutesLater);
        assertThat(lane.take(twoMinutesLater)).isPresent();
    }

    private static Parcel parcel(String id, Instant now) {
        return new Parcel(
                id,
                Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.1/r"))
                        .ready(now));
    }
}
