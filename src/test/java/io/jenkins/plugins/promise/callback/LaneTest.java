package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.Receives;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** What one receiver's lane sends when, without a receiver. */
public class LaneTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int HELD = 4;

    private final Lane lane = new Lane(new CourierLimits(
            3,
            1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            2_048,
            Duration.ofSeconds(1),
            HELD,
            100,
            100,
            10,
            Duration.ofSeconds(1)));

    private static Parcel parcel(String id, Instant now) {
        return new Parcel(
                id,
                Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.1/r"))
                        .ready(now));
    }

    private static Parcel parcel(String id) {
        return parcel(id, NOW);
    }

    /** The same, asked for again. */
    private static Parcel again(Parcel parcel) {
        return new Parcel(parcel.promise(), parcel.delivery().ready(NOW));
    }

    private static Attempt attempt(Integer status, Duration retryAfter) {
        return new Attempt(NOW, 1, status, status == null ? "connection refused" : "no", retryAfter);
    }

    private String taken(Instant now) {
        return lane.take(now).map(Parcel::promise).orElse(null);
    }

    private String taken() {
        return taken(NOW);
    }

    /** Sends one, which is noted at once. */
    private void send(Integer status, Duration retryAfter, Instant now) {
        Parcel parcel = lane.take(now).orElseThrow();
        lane.sent(attempt(status, retryAfter), now);
        lane.back(parcel, now);
    }

    @Test
    public void whatIsDueFirstGoesFirstAndNothingGoesBeforeItIsDue() {
        lane.post(parcel("later"), NOW.plusSeconds(2));
        lane.post(parcel("second"), NOW);
        lane.post(parcel("first"), NOW.minusMillis(1));

        assertThat(taken()).isEqualTo("first");
        assertThat(taken()).isEqualTo("second");
        assertThat(taken(NOW.plusMillis(1_999))).isNull();
        assertThat(lane.wake(NOW)).contains(NOW.plusSeconds(2));
        assertThat(lane.wake(NOW)).as("it is known already").isEmpty();
        lane.post(parcel("sooner"), NOW.plusSeconds(1));
        assertThat(lane.wake(NOW)).contains(NOW.plusSeconds(1));
        lane.woken();
        assertThat(lane.wake(NOW)).contains(NOW.plusSeconds(1));
        lane.woken();
        assertThat(lane.wake(NOW.plusSeconds(1)))
                .as("it is taken, not waited for")
                .isEmpty();
        assertThat(taken(NOW.plusSeconds(2))).isEqualTo("sooner");
    }

    @Test
    public void noMoreAreSentAtOnceThanTheWidthAndEachThatIsBackMakesRoom() {
        for (String id : List.of("a", "b", "c", "d")) {
            lane.post(parcel(id), NOW);
        }
        Parcel first = lane.take(NOW).orElseThrow();
        assertThat(taken()).isEqualTo("b");
        assertThat(taken()).isEqualTo("c");
        assertThat(taken()).isNull();

        lane.sent(attempt(200, null), NOW);
        assertThat(taken()).isEqualTo("d");
        lane.back(first, NOW);
        lane.post(parcel("e"), NOW);
        assertThat(taken()).isNull();
        lane.passedOver();
        assertThat(taken()).isEqualTo("e");
    }

    @Test
    public void whatIsAwayIsNotSentASecondTimeHoweverOftenItIsHandedOver() {
        Parcel parcel = parcel("a");
        lane.post(parcel, NOW);
        lane.post(parcel, NOW);
        assertThat(taken()).isEqualTo("a");

        lane.post(parcel, NOW);
        lane.pulled(List.of(parcel), 10, NOW);
        assertThat(taken()).isNull();
        lane.sent(attempt(200, null), NOW);
        lane.post(parcel, NOW);
        lane.pulled(List.of(parcel), 10, NOW);
        assertThat(taken()).as("it is sent, and not noted yet").isNull();
        lane.back(parcel, NOW);
        assertThat(taken()).isNull();
    }

    @Test
    public void whatWasAskedForAgainWhileItWasAwayIsSentWhenItIsBack() {
        Parcel parcel = parcel("a");
        lane.post(parcel, NOW);
        assertThat(lane.take(NOW)).contains(parcel);
        Parcel again = again(parcel);
        lane.post(again, NOW);
        lane.sent(attempt(500, null), NOW);
        assertThat(taken()).isNull();

        lane.back(parcel, NOW);

        assertThat(lane.take(NOW)).contains(again);
    }

    @Test
    public void ofOneDeliveryTheLatestStateIsHeldInWhateverOrderTheyCome() {
        Parcel old = parcel("a");
        Parcel young = again(old);
        lane.post(young, NOW.plusSeconds(1));
        lane.post(young, NOW.plusSeconds(5));
        lane.post(old, NOW);
        assertThat(taken()).isNull();
        assertThat(lane.take(NOW.plusSeconds(1))).contains(young);
        lane.sent(attempt(500, null), NOW);
        lane.back(young, NOW);

        lane.post(old, NOW);
        lane.post(young, NOW);
        assertThat(lane.take(NOW)).contains(young);
        assertThat(taken()).isNull();
    }

    @Test
    public void aLaneThatHasFailedThreeTimesIsNarrowUntilTheReceiverAnswers() {
        for (int i = 0; i < HELD; i++) {
            lane.post(parcel("p" + i), NOW);
        }
        send(null, null, NOW);
        send(500, null, NOW);
        assertThat(taken()).isEqualTo("p2");
        assertThat(taken()).as("two failures are not enough").isEqualTo("p3");
        lane.sent(attempt(503, null), NOW);
        lane.sent(attempt(499, null), NOW);
        lane.post(parcel("q0"), NOW);
        lane.post(parcel("q1"), NOW);
        assertThat(taken()).isEqualTo("q0");
        assertThat(taken()).as("it answers, if not as it should").isEqualTo("q1");
        for (int i = 0; i < 2; i++) {
            lane.sent(attempt(500, null), NOW);
        }
        lane.post(parcel("r0"), NOW);
        send(500, null, NOW);
        lane.post(parcel("r1"), NOW);
        lane.post(parcel("r2"), NOW);

        assertThat(taken()).isEqualTo("r1");
        assertThat(taken()).as("narrow").isNull();
    }

    @Test
    public void aReceiverThatAsksForTimeGetsItUpToAMinute() {
        lane.post(parcel("a"), NOW);
        lane.post(parcel("b"), NOW);
        lane.post(parcel("c"), NOW);
        Parcel slow = lane.take(NOW).orElseThrow();
        send(429, Duration.ofSeconds(10), NOW);
        assertThat(taken(NOW.plusMillis(9_999))).isNull();
        assertThat(lane.wake(NOW)).contains(NOW.plusSeconds(10));

        lane.sent(attempt(429, Duration.ofSeconds(5)), NOW);
        lane.back(slow, NOW);
        assertThat(taken(NOW.plusSeconds(7)))
                .as("a shorter one takes nothing back")
                .isNull();
        assertThat(taken(NOW.plusSeconds(10))).isEqualTo("c");
        lane.sent(attempt(429, Duration.ofDays(1)), NOW.plusSeconds(10));
        lane.post(parcel("d"), NOW);
        assertThat(taken(NOW.plusMillis(69_999))).isNull();
        assertThat(taken(NOW.plusSeconds(70))).isEqualTo("d");

        lane.post(parcel("e"), NOW);
        lane.sent(attempt(503, Duration.ofSeconds(20)), NOW.plusSeconds(70));
        assertThat(taken(NOW.plusSeconds(89)))
                .as("what stands before it asks too")
                .isNull();
        assertThat(taken(NOW.plusSeconds(90))).isEqualTo("e");
        lane.post(parcel("f"), NOW);
        lane.sent(attempt(500, Duration.ofSeconds(20)), NOW.plusSeconds(90));
        assertThat(taken(NOW.plusSeconds(90)))
                .as("an error with that header is that delivery's")
                .isEqualTo("f");
    }

    @Test
    public void aReceiverThatAskedForAMinuteIsNotHeldUpForHoursWhenTheClockIsSetBack() {
        lane.post(parcel("a"), NOW);
        send(429, Duration.ofMinutes(1), NOW);

        Instant twoMinutesLater = NOW.plusSeconds(120).minus(Duration.ofHours(3));
        lane.post(parcel("b", twoMinutesLater), twoMinutesLater);
        assertThat(lane.take(twoMinutesLater)).isPresent();
    }

    @Test
    public void noMoreAreHeldThanThereIsRoomForAndTheOthersAreAskedForWhenHalfIsGone() {
        for (int i = 0; i < HELD; i++) {
            lane.post(parcel("p" + i), NOW.plusSeconds(i));
        }
        lane.post(parcel("last"), NOW.plusSeconds(10));
        lane.post(parcel("sooner"), NOW.minusSeconds(1));
        Instant then = NOW.plusSeconds(20);
        send(200, null, then);
        assertThat(lane.pull()).as("more than half is held").isZero();
        send(200, null, then);

        assertThat(lane.pull()).isEqualTo(HELD);
        assertThat(lane.pull()).as("it is asked for already").isZero();
        lane.pulled(List.of(parcel("p3", NOW.plusSeconds(3)), parcel("last", NOW.plusSeconds(10))), 2, then);
        assertThat(lane.pull()).as("nothing has gone since").isZero();
        assertThat(taken(then)).isEqualTo("p1");
        lane.sent(attempt(200, null), then);
        assertThat(lane.pull()).as("there is enough").isZero();
        assertThat(taken(then)).isEqualTo("p2");
        lane.sent(attempt(200, null), then);
        assertThat(lane.pull()).as("and two are away").isEqualTo(HELD + 2);
        lane.pulled(List.of(), 5, then);
        lane.expectMore();
        assertThat(lane.pull()).isPositive();
        lane.pulled(List.of(), 5, then);
        send(200, null, then);
        assertThat(lane.pull()).as("that was all").isZero();
    }

    @Test
    public void aLaneOfWhichNothingHasToBeKnownIsIdle() {
        assertThat(lane.idle(NOW)).isTrue();
        lane.post(parcel("a"), NOW);
        assertThat(lane.idle(NOW)).as("it holds one").isFalse();
        Parcel parcel = lane.take(NOW).orElseThrow();
        assertThat(lane.idle(NOW)).as("one is away").isFalse();
        lane.sent(attempt(429, Duration.ofSeconds(30)), NOW);
        lane.back(parcel, NOW);
        assertThat(lane.idle(NOW.plusSeconds(29))).as("the receiver wants time").isFalse();
        assertThat(lane.idle(NOW.plusSeconds(59))).as("it has failed lately").isFalse();
        assertThat(lane.idle(NOW.plusSeconds(60))).isTrue();
        lane.expectMore();
        assertThat(lane.pull()).isPositive();
        assertThat(lane.idle(NOW.plusSeconds(60))).as("it waits for the outbox").isFalse();
        lane.pulled(List.of(), 10, NOW);
        assertThat(lane.idle(NOW.plusSeconds(60))).isTrue();
    }
}
