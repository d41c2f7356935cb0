package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.time.Duration;
import java.util.Collections;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A worker that has reported while the ledger could not be written. */
public class ReportedTest {
    private static final Logger MODEL = Logger.getLogger("io.jenkins.plugins.promise");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aWorkerWhoseReportIsWrittenALittleLaterDoesNotRunAgainWhenAnotherControllersPromisesAreTakenOver()
            throws Exception {
        FaultyDatabase database = new FaultyDatabase();
        MODEL.setLevel(Level.OFF);
        try (FakeHost host =
                new FakeHost(EmbeddedLedger.in(folder.newFolder().toPath()), "home", database, new VirtualClock(), 9)) {
            for (int number = 1; number < 12; number++) {
                String id = host.promises()
                        .submit(FakeHost.submission("work", null, null))
                        .promise()
                        .id();
                host.start(id);
                host.settleDown();
                database.failAt(FaultyDatabase.Fault.FULL, number, 1);
                host.settle(id, FakeHost.success());
                database.heal();
                // What Adoption does when it has taken something over.
                host.dispatch().reconcile();
                host.settleDown();
                Eventually.until(
                        "it is settled",
                        Duration.ofSeconds(30),
                        () -> host.promises().find(id).state().settled());
                host.settleDown();
                assertThat(Collections.frequency(host.queuedEver(), id))
                        .as("queued, where operation %s failed: %s", number, database.operation(number))
                        .isEqualTo(1);
            }
        } finally {
            MODEL.setLevel(null);
        }
    }
}
