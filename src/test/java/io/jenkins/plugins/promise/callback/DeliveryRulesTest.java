package io.jenkins.plugins.promise.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** When a delivery is tried again, and when it is given up. */
public class DeliveryRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.DEFAULT;

    private static Delivery ready() {
        return Delivery.planned("p1", "R", Receives.REPORT, URI.create("http://good.example/r"))
                .ready(NOW);
    }

    private static Attempt failed(Instant at) {
        return new Attempt(at, 5, 500, "HTTP status 500", null);
    }

    private static Attempt taken(Instant at) {
        return new Attempt(at, 5, 204, null, null);
    }

    private static Delivery fail(Delivery delivery) {
        return delivery.after(delivery, failed(delivery.next()), SCHEDULE, delivery.next());
    }

    @Test
    public void giveUpComesWithALastAttemptWhenTheTimeIsOver() {
        for (int i = 0; i < 50; i++) {
            Delivery delivery = Delivery.planned("p" + i, "R", Receives.REPORT, URI.create("http://good.example/r"))
                    .ready(NOW);
            Instant last = null;
            while (delivery.waiting()) {
                last = delivery.next();
                delivery = fail(delivery);
            }
            assertThat(delivery.state()).isEqualTo(DeliveryState.GIVEN_UP);
            assertThat(last).isEqualTo(NOW.plus(SCHEDULE.giveUpAfter()));
            assertThat(delivery.lastAttempt()).isEqualTo(last);
        }
    }

    @Test
    public void countsEachAttemptAndKeepsTheLatestFiftyOfThem() {
        Delivery delivery = ready();
        List<Attempt> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Attempt attempt = failed(NOW.plusMillis(i));
            all.add(attempt);
            delivery = delivery.after(delivery, attempt, SCHEDULE, NOW);
            assertThat(delivery.attempts())
                    .as("after %d attempts", i + 1)
                    .isEqualTo(all.subList(Math.max(0, all.size() - 50), all.size()));
        }
        assertThat(delivery.tries()).isEqualTo(60);
        assertThat(delivery.step()).isEqualTo(60);

        Instant limit = NOW.plus(SCHEDULE.giveUpAfter());
        Delivery givenUp = delivery.after(delivery, failed(limit), SCHEDULE, limit);
        assertThat(givenUp.state()).isEqualTo(DeliveryState.GIVEN_UP);
        assertThat(givenUp.step()).isEqualTo(61);
        assertThat(delivery.after(delivery, failed(limit.minusMillis(1)), SCHEDULE, limit)
                        .waiting())
                .as("it began in time")
                .isTrue();
    }

    @Test
    public void whatWasDueWhileNobodyWasThereIsStillTriedOnce() {
        Delivery delivery = fail(ready());
        Instant late = NOW.plus(Duration.ofDays(10));

        assertThat(delivery.after(delivery, taken(late), SCHEDULE, late).state())
                .isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivery.after(delivery, failed(late), SCHEDULE, late).state())
                .isEqualTo(DeliveryState.GIVEN_UP);
    }

    @Test
    public void aRedeliveryStartsTheScheduleAnewAndKeepsTheCountOfTries() {
        Delivery delivery = ready();
        while (delivery.waiting()) {
            delivery = fail(delivery);
        }
        int tries = delivery.tries();
        Instant later = NOW.plus(Duration.ofDays(30));

        Delivery again = delivery.ready(later);
        Delivery failedAgain = fail(again);

        assertThat(again.next()).isEqualTo(later);
        assertThat(failedAgain.tries()).isEqualTo(tries + 1);
        assertThat(Duration.between(later, failedAgain.next()))
                .isBetween(SCHEDULE.delays().get(0), SCHEDULE.delays().get(0).multipliedBy(2));
        List<Instant> times = new ArrayList<>();
        for (Delivery d = again; d.waiting(); d = fail(d)) {
            times.add(d.next());
        }
        assertThat(times.get(times.size() - 1)).isEqualTo(later.plus(SCHEDULE.giveUpAfter()));
    }

    @Test
    public void aRedeliveryAskedForDuringAnAttemptIsNotLostWhenThatFails() {
        Delivery sent = ready();
        Instant asked = NOW.plusSeconds(3);
        Delivery again = sent.ready(asked);

        for (Attempt old : List.of(
                failed(NOW),
                new Attempt(NOW, 5, 410, "gone", null),
                new Attempt(NOW, 5, 503, "busy", Duration.ofHours(5)))) {
            Delivery after = again.after(sent, old, SCHEDULE, NOW.plusSeconds(4));
            assertThat(after.state()).isEqualTo(DeliveryState.WAITING);
            assertThat(after.next()).isEqualTo(asked);
            assertThat(after.since()).isEqualTo(asked);
            assertThat(after.step()).isZero();
            assertThat(after.tries()).isEqualTo(1);
            assertThat(after.attempts()).containsExactly(old);
            assertThat(after.current(again))
                    .as("what was handed over before is out of date")
                    .isFalse();
            assertThat(after.current(after)).isTrue();
        }
    }

    @Test
    public void aRedeliveryAskedForDuringAnAttemptIsDoneWhenThatArrives() {
        Delivery sent = ready();

        Delivery after = sent.ready(NOW.plusSeconds(3)).after(sent, taken(NOW), SCHEDULE, NOW.plusSeconds(4));

        assertThat(after.state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    public void anAttemptThatEndsAfterTheDeliveryChangesNothing() {
        Delivery sent = ready();
        Delivery delivered = sent.after(sent, taken(NOW), SCHEDULE, NOW);

        assertThat(delivered.after(sent, failed(NOW), SCHEDULE, NOW)).isSameAs(delivered);
    }

    @Test
    public void retryAfterIsHonouredUpToTheLastAttempt() {
        Delivery delivery = ready();
        Attempt day = new Attempt(NOW, 5, 429, "slow down", Duration.ofDays(1));
        Attempt month = new Attempt(NOW, 5, 503, "down", Duration.ofDays(30));
        Attempt none = new Attempt(NOW, 5, 503, "down", Duration.ZERO);

        assertThat(delivery.after(delivery, day, SCHEDULE, NOW).next()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(delivery.after(delivery, month, SCHEDULE, NOW).next()).isEqualTo(NOW.plus(SCHEDULE.giveUpAfter()));
        assertThat(delivery.after(delivery, none, SCHEDULE, NOW).next()).isAfter(NOW);
    }

    @Test
    public void retriesOfDifferentDeliveriesDoNotComeInStepAndEachComesAtItsOwnTime() {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Delivery one = Delivery.planned("p" + i, "R", Receives.REPORT, URI.create("http://good.example/r"))
                    .ready(NOW);
            delays.add(Duration.between(NOW, fail(one).next()));
            assertThat(fail(one)).isEqualTo(fail(one));
        }
        assertThat(delays).allMatch(d -> d.toMillis() >= 1_000 && d.toMillis() <= 1_200);
        assertThat(delays.stream().distinct().count()).isGreaterThan(80);
        assertThat(delays).anyMatch(d -> d.toMillis() < 1_020).anyMatch(d -> d.toMillis() > 1_180);
    }

    @Test
    public void aRecordOfBeforeIsReadWithTheScheduleAtItsBegin() throws Exception {
        Delivery read = Json.mapper()
                .readValue(
                        "{\"input\":\"R\",\"receives\":\"report\",\"url\":\"http://good.example/r\",\"webhookId\":\"m\","
                                + "\"state\":\"WAITING\",\"since\":\"2026-03-01T12:00:00Z\","
                                + "\"next\":\"2026-03-01T12:00:00Z\",\"tries\":4}",
                        Delivery.class);

        assertThat(read.round()).isZero();
        assertThat(read.step()).isZero();
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsBytes(ready()), Delivery.class))
                .isEqualTo(ready());
    }

    @Test
    public void receiversAreComparedAsTheyAreConnectedTo() {
        assertThat(receiver("http://Good.Example./a")).isEqualTo("http://good.example:80");
        assertThat(receiver("HTTPS://good.example/a?b")).isEqualTo("https://good.example:443");
        assertThat(receiver("http://[::1]:8080/")).isEqualTo("http://[::1]:8080");
        assertThat(receiver("http://b\u00fccher.example/")).isNotEmpty();
        assertThat(receiver("nonsense")).isNotEmpty();
    }

    private static String receiver(String url) {
        return Delivery.planned("p", "R", Receives.REPORT, URI.create(url)).receiver();
    }

    @Test
    public void retryAfterIsSecondsOrADate() {
        assertThat(RetryAfter.parse("120", NOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse(" 0 ", NOW)).isZero();
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 12:00:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 11:00:00 GMT", NOW)).isZero();
        assertThat(RetryAfter.parse("99999999999999999999999", NOW)).isEqualTo(Duration.ofDays(365));
        assertThat(RetryAfter.parse("999999999", NOW)).isEqualTo(Duration.ofDays(365));
        assertThat(RetryAfter.parse("31535999", NOW)).isEqualTo(Duration.ofSeconds(31_535_999));
        assertThat(RetryAfter.parse("000000120", NOW)).isEqualTo(Duration.ofMinutes(2));
        for (String bad : List.of("", "soon", "-5", "1.5", "2026-03-01")) {
            assertThat(RetryAfter.parse(bad, NOW)).as(bad).isNull();
        }
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }
}
