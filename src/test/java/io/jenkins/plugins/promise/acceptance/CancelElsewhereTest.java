package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.Postgres;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.time.Duration;
import org.junit.Test;

/** Two controllers of one ledger, of which one is asked to cancel what the other has. */
public class CancelElsewhereTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static String submitted(FakeHost host) throws Refused {
        return host.promises()
                .submit(FakeHost.submission("work", null, null))
                .promise()
                .id();
    }

    @Test
    public void theOneThatHasThePromiseEndsItsBuildAndTheOtherSaysSo() throws Exception {
        VirtualClock clock = new VirtualClock();
        LedgerLocation ledger = Postgres.ofThisProcess().newLocation();
        try (FakeHost one = new FakeHost(ledger, "one", new FaultyDatabase(), clock, 10);
                FakeHost two = new FakeHost(ledger, "two", new FaultyDatabase(), clock, 10)) {
            one.dispatch().share(LEASE, () -> {});
            two.dispatch().share(LEASE, () -> {});
            String id = submitted(one);
            String other = submitted(one);

            two.promises().cancel(id, "ann");

            assertThat(two.promises().report(id).orElseThrow().reason())
                    .isEqualTo("cancelled by ann while it was in the queue");
            assertThat(one.queue()).containsExactly(other);
            assertThatThrownBy(() -> two.promises().cancel(id, "ann"))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.CONFLICT));
        }
    }

    @Test
    public void oneThatDoesNotAnswerIsNotTakenForOneThatHasDoneIt() throws Exception {
        VirtualClock clock = new VirtualClock();
        LedgerLocation ledger = Postgres.ofThisProcess().newLocation();
        try (FakeHost silent = new FakeHost(ledger, "one", new FaultyDatabase(), clock, 10);
                FakeHost two = new FakeHost(ledger, "two", new FaultyDatabase(), clock, 10)) {
            String id = submitted(silent);

            assertThatThrownBy(() -> two.promises().cancel(id, "ann"))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.UNAVAILABLE))
                    .hasMessageContaining("was asked to cancel it, and has not done so yet");
            assertThat(two.promises().find(id).state().settled()).isFalse();
        }
    }
}
