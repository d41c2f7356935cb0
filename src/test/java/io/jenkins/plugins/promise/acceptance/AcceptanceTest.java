package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.FakeBuilds;
import io.jenkins.plugins.promise.testing.FakeCatalog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is accepted, and what is kept of it. */
public class AcceptanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SECRET = "hunter2hunter2";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final FakeCatalog catalog = new FakeCatalog();
    private final FakeBuilds builds = new FakeBuilds(100);
    private Ledger ledger;
    private Promises promises;
    private Dispatch dispatch;

    @Before
    public void start() throws IOException {
        catalog.worker(
                "job",
                Contract.of(
                        Input.optional("N", InputType.INTEGER),
                        Input.optional("PASS", InputType.SECRET),
                        new Input("R", InputType.CALLBACK, false, null, null, null, Receives.REPORT, null)));
        catalog.worker("short", new Contract(List.of(), null, Duration.ofMillis(300), Keep.ALL));
        Clock clock = Clock.systemUTC();
        ledger = Ledger.open(
                EmbeddedLedger.in(folder.newFolder().toPath()), ControllerIdentity.begin("home", "http://here"), clock);
        promises = PlainPromises.over(ledger, catalog, clock);
        dispatch = promises.begin(builds, catalog);
    }

    @After
    public void stop() throws IOException {
        dispatch.close();
        promises.close();
        ledger.close();
    }

    private Accepted submit(String job, String key, Map<String, String> inputs) throws Refused {
        return promises.submit(Submission.of(job, GivenInputs.of(inputs), key, Submitter.UNKNOWN));
    }

    private void assertRefused(Refused.Why why, String part, String job, String key, Map<String, String> inputs) {
        long before = ledger.load().changes();
        assertThatThrownBy(() -> submit(job, key, inputs))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.why()).isEqualTo(why))
                .hasMessageContaining(part);
        assertThat(ledger.lists().openCount()).as("nothing is stored").isZero();
        assertThat(ledger.load().changes()).isEqualTo(before);
        assertThat(catalog.used()).isEmpty();
    }

    @Test
    public void aSecretIsSealedInTheLedgerInClearForItsBuildAndInNoReport() throws Exception {
        Promise promise = submit("job", null, Map.of("N", "7", "PASS", SECRET)).promise();

        assertThat(promise.secrets()).containsExactly("PASS");
        assertThat(ledger.find(promise.id()).orElseThrow().inputs())
                .containsEntry("PASS", "sealed:" + SECRET)
                .containsEntry("N", "7");
        assertThat(promises.secrets().inputs(promise)).containsOnly(Map.entry("N", "7"), Map.entry("PASS", SECRET));
        assertThat(promises.secrets().values(promise)).containsExactly(SECRET);

        promises.settle(promise.id(), Outcome.failure("no such user: " + SECRET));
        assertThat(promises.report(promise.id()).orElseThrow().reason())
                .startsWith("no such user: ")
                .doesNotContain(SECRET);
        assertThat(promises.find(promise.id()).settlement().orElseThrow().reason())
                .doesNotContain(SECRET);
    }

    @Test
    public void whatIsNotGivenIsNoSecretOfThePromise() throws Exception {
        assertThat(submit("job", null, Map.of()).promise().secrets()).isEmpty();
    }

    @Test
    public void aKeyStandsForOneSubmissionWithItsInputsWhateverTheirOrder() throws Exception {
        Accepted first = submit("job", "key", Map.of("N", "7", "PASS", SECRET));
        Accepted again = submit("job", "key", Map.of("PASS", SECRET, "N", "7"));

        assertThat(first.repeated()).isFalse();
        assertThat(again.repeated()).isTrue();
        assertThat(again.promise().id()).isEqualTo(first.promise().id());
        for (Map<String, String> other :
                List.of(Map.of("N", "8", "PASS", SECRET), Map.of("N", "7"), Map.<String, String>of())) {
            assertThatThrownBy(() -> submit("job", "key", other))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.CONFLICT))
                    .hasMessageContaining("used with other inputs")
                    .hasMessageContaining(first.promise().id());
        }
        assertThat(ledger.lists().openCount()).isEqualTo(1);
    }

    @Test
    public void aKeyHasFrom1To255Characters() throws Exception {
        for (String key : List.of("", " ", "k".repeat(256))) {
            assertRefused(Refused.Why.INVALID, "between 1 and 255 characters", "job", key, Map.of());
        }
        assertThat(submit("job", "k".repeat(255), Map.of()).repeated()).isFalse();
    }

    @Test
    public void nothingInvalidIsStored() {
        assertRefused(Refused.Why.INVALID, "do not fit the contract", "job", null, Map.of("N", "x"));
        assertRefused(Refused.Why.INVALID, "do not fit the contract", "job", "key", Map.of("N", "x"));
        assertRefused(
                Refused.Why.INVALID, "do not fit the contract", "job", null, Map.of("R", "http://10.0.0.1/inside"));
        assertRefused(Refused.Why.UNKNOWN, "did you mean 'job'", "jobb", null, Map.of());
        catalog.broken("damaged", "its files are gone");
        assertRefused(Refused.Why.UNAVAILABLE, "its version cannot be read", "damaged", null, Map.of());
        promises.stopAccepting();
        assertRefused(Refused.Why.UNAVAILABLE, "shutting down", "job", null, Map.of());
    }

    @Test
    public void aVersionIsUsedByEachPromiseAtItsBeginAndItsEndAndByNoRepetition() throws Exception {
        String id = submit("job", "key", Map.of()).promise().id();
        submit("job", "key", Map.of());
        assertThat(catalog.used()).containsExactly("job-v1-1234567");
        promises.settle(id, Outcome.success("done", null));
        assertThat(catalog.used()).containsExactly("job-v1-1234567", "job-v1-1234567");

        promises.submit(List.of(Submission.of("job", GivenInputs.of(Map.of()), null, Submitter.UNKNOWN)));
        assertThat(catalog.used()).hasSize(3);
    }

    @Test
    public void aDeadlineThatPassesSettlesThePromiseAndEndsItsBuildAndTheNextOneToo() throws Exception {
        String later = submit("job", null, Map.of()).promise().id();
        for (int i = 0; i < 2; i++) {
            String id = submit("short", null, Map.of()).promise().id();
            Eventually.until(
                    "its build is ended", PATIENCE, () -> builds.abandoned().contains(id));
            assertThat(promises.report(id).orElseThrow().reason())
                    .contains("the deadline of")
                    .contains("passed while it was in the queue");
        }
        assertThat(promises.find(later).state().settled()).isFalse();
        String first = submit("short", null, Map.of()).promise().id();
        String second = submit("short", null, Map.of()).promise().id();
        for (String id : List.of(first, second)) {
            Eventually.until(
                    "both are ended", PATIENCE, () -> promises.find(id).state().settled());
        }
    }
}
