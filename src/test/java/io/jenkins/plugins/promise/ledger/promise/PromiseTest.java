package io.jenkins.plugins.promise.ledger.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What becomes of a promise, and which of its deliveries may be brought. */
public class PromiseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ID = PromiseId.create();

    private static Promise promise() {
        return new Promise(
                1,
                ID,
                "job",
                "job-v1-1234567",
                "lane",
                Map.of(),
                List.of(),
                NOW,
                NOW.plusSeconds(60),
                new Origin.Outside(null, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(
                        Delivery.planned(ID, "G", Receives.REGISTRATION, URI.create("http://one.example/g"))
                                .ready(NOW),
                        Delivery.planned(ID, "R", Receives.REPORT, URI.create("http://one.example/r")),
                        Delivery.planned(ID, "S", Receives.REPORT, URI.create("http://two.example/s"))),
                List.of(),
                0);
    }

    private static Promise settled() {
        return promise().settled(ReportStatus.SUCCESS, "done", NOW);
    }

    private static Promise attempted(Promise promise, String input, int status, long second) {
        return promise.withDelivery(
                input,
                d -> d.after(
                        d,
                        new Attempt(NOW.plusSeconds(second), 1, status, status == 200 ? null : "no", null),
                        RetrySchedule.DEFAULT,
                        NOW.plusSeconds(second)));
    }

    private static List<String> sendable(Promise promise) {
        return promise.sendable().stream().map(Delivery::input).toList();
    }

    @Test
    public void aReportWaitsForTheRegistrationOfItsOwnReceiverAndForNoOther() {
        assertThat(sendable(promise())).containsExactly("G");
        assertThat(sendable(settled())).containsExactly("G", "S");
        assertThat(sendable(attempted(settled(), "G", 200, 1))).containsExactly("R", "S");
        assertThat(sendable(attempted(settled(), "G", 410, 1))).as("given up").containsExactly("R", "S");
    }

    @Test
    public void aRegistrationThatIsNotTakenHoldsTheReportForSixAttemptsAndThenTheyTakeTurns() {
        Promise promise = settled();
        for (int second = 1; second <= 5; second++) {
            promise = attempted(promise, "G", 500, second);
            assertThat(sendable(promise)).as("after attempt " + second).containsExactly("G", "S");
        }
        promise = attempted(promise, "G", 500, 6);
        assertThat(sendable(promise)).containsExactly("G", "R", "S");

        promise = attempted(promise, "R", 500, 7);
        assertThat(sendable(promise)).as("it is the registration's turn").containsExactly("G", "S");
        promise = attempted(promise, "G", 500, 7);
        assertThat(sendable(promise)).as("at the same moment is not after").containsExactly("G", "S");
        promise = attempted(promise, "G", 500, 8);
        assertThat(sendable(promise)).containsExactly("G", "R", "S");
    }

    @Test
    public void aBuildThatIsFoundUnderAnotherNameRunsSinceItBegan() {
        Promise running = promise().queued(7).running("build 1", NOW);
        Promise renamed = running.running("build one", NOW.plusSeconds(5));

        assertThat(renamed.progress()).isEqualTo(new Progress.Running(Optional.of(7L), 1, "build one", NOW));
        assertThat(running.running("build 1", NOW.plusSeconds(5))).isEqualTo(running);
        assertThat(running.queued(8)).isSameAs(running);
        Promise again = running.pending();
        assertThat(again.progress()).isEqualTo(new Progress.Pending(Optional.of(7L), 1));
        assertThat(again.pending()).isSameAs(again);
        assertThat(again.running("build 2", NOW).progress().starts()).isEqualTo(2);
    }

    @Test
    public void whatIsSettledStaysAsItIs() {
        Promise settled = settled();

        assertThat(settled.running("build", NOW)).isSameAs(settled);
        assertThat(settled.pending()).isSameAs(settled);
        assertThat(settled.queued(1)).isSameAs(settled);
        assertThatThrownBy(() -> settled.settled(ReportStatus.FAILURE, "no", NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a promise is settled once");
    }

    @Test
    public void aPhaseTakesThePlaceOfItselfAndOfNoOther() {
        PhaseRecord first = new PhaseRecord(1, "a", NOW, null, List.of());
        PhaseRecord second = new PhaseRecord(2, "b", NOW, null, List.of());
        PhaseRecord ended = new PhaseRecord(1, "a", NOW, NOW.plusSeconds(1), List.of());

        Promise promise = promise().withPhase(first).withPhase(second).withPhase(ended);

        assertThat(promise.phases()).containsExactly(second, ended);
    }

    @Test
    public void nothingElseThanAnIdIsTakenForOne() {
        String call = new ParentCall(ID, 1, 0, "w", 1, null, null).id();

        assertThat(List.of(ID, call)).allMatch(PromiseId::valid);
        assertThat(List.of("", "..", ID + "/..", ID + "\u0000", ID.toLowerCase(Locale.ROOT), ID + "-1"))
                .noneMatch(PromiseId::valid);
    }

    @Test
    public void kindsOfListsAreFoundByTheirWords() {
        for (PromiseQuery.Which which : PromiseQuery.Which.values()) {
            assertThat(PromiseQuery.Which.of(which.word())).contains(which);
        }
        assertThat(PromiseQuery.Which.OPEN.word()).isEqualTo("open");
        assertThat(PromiseQuery.Which.of("OPEN")).isEmpty();
    }
}
