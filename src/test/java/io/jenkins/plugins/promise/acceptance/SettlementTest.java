package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.Report;
import io.jenkins.plugins.promise.testing.Postgres;
import io.jenkins.plugins.promise.testing.VirtualClock;
import org.junit.Test;

/** What a promise is settled with, as the database holds it. */
public class SettlementTest {
    @Test
    public void aLastLineOfALogThatHoldsANulCharacterSettlesOnPostgresToo() throws Exception {
        assertThat(settledOnPostgres("exit code 1: \0\0ELF").reason()).isEqualTo("exit code 1: \uFFFD\uFFFDELF");
    }

    @Test
    public void aReasonWithHalfASurrogatePairSettlesOnPostgresToo() throws Exception {
        assertThat(settledOnPostgres("half \uD83D")).isNotNull();
    }

    private static Report settledOnPostgres(String reason) throws Exception {
        LedgerLocation ledger = Postgres.ofThisProcess().newLocation();
        try (FakeHost host = new FakeHost(ledger, "home", new FaultyDatabase(), new VirtualClock(), 10)) {
            String id = host.promises()
                    .submit(FakeHost.submission("work", null, null))
                    .promise()
                    .id();
            assertThat(host.settle(id, Outcome.failure(reason))).isTrue();
            return host.promises().report(id).orElseThrow();
        }
    }
}
