package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.Postgres;
import org.junit.Test;

/** What a promise is settled with, as the database holds it. */
public class SettlementTest {
    @Test
    public void aLastLineOfALogThatHoldsANulCharacterSettlesOnPostgresToo() throws Exception {
        try (Postgres postgres = new Postgres();
                FakeHost host =
                        new FakeHost(postgres.newLocation(), "home", new FaultyDatabase(), new FakeHost.Steady(), 10)) {
            String id = host.promises()
                    .submit(FakeHost.submission("work", null, null))
                    .promise()
                    .id();
            assertThat(host.settle(id, Outcome.failure("exit code 1: \0\0ELF"))).isTrue();
            assertThat(host.promises().report(id).orElseThrow().reason()).isEqualTo("exit code 1: \uFFFD\uFFFDELF");
        }
    }

    @Test
    public void aReasonWithHalfASurrogatePairSettlesOnPostgresToo() throws Exception {
        try (Postgres postgres = new Postgres();
                FakeHost host =
                        new FakeHost(postgres.newLocation(), "home", new FaultyDatabase(), new FakeHost.Steady(), 10)) {
            String id = host.promises()
                    .submit(FakeHost.submission("work", null, null))
                    .promise()
                    .id();
            assertThat(host.settle(id, Outcome.failure("half \uD83D"))).isTrue();
            assertThat(host.promises().report(id)).isPresent();
        }
    }
}
