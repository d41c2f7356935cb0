package io.jenkins.plugins.promise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerDatabase;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Ledgers that earlier builds have written are read by this one. Where the form of what is stored changes, a folder with a
 * ledger of the new form is added, and those before stay: {@code -Dstore=FOLDER} has this build write one.
 */
public class StoredLedgerTest {
    private static final List<String> IDS = List.of(
            "01JGFJJZ000000000000000001",
            "01JGFJJZ000000000000000002",
            "01JGFJJZ000000000000000002-1-0-1",
            "01JGFJJZ000000000000000003",
            "01JGFJJZ000000000000000004",
            "01JGFJJZ000000000000000005");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aLedgerOfFormat1IsReadAsItWasWritten() throws IOException {
        Path home = folder.newFolder().toPath();
        try (InputStream stored = StoredLedgerTest.class.getResourceAsStream("/ledger/format-1/ledger.db")) {
            Files.copy(stored, LedgerDatabase.file(home));
        }
        LedgerLocation location = new LedgerLocation.Embedded(home);
        try (Ledger ledger = open(location)) {
            assertThat(IDS.stream().map(id -> found(ledger, id).state().name()))
                    .containsExactly("PENDING", "RUNNING", "FULFILLED", "FULFILLED", "FULFILLED", "FULFILLED");
            Promise running = found(ledger, IDS.get(1));
            assertThat(running.progress()).isEqualTo(new Progress.Running(Optional.empty(), 1, "build", Samples.NOW));
            assertThat(running.phases())
                    .containsExactly(new PhaseRecord(
                            1,
                            "one",
                            Samples.NOW,
                            Samples.NOW,
                            List.of(new PhaseRecord.WorkerRecord(
                                    "w", "work-v1-1234567", IDS.get(2), 1, "SUCCESS", Samples.REASON, 1.5))));
            assertThat(found(ledger, IDS.get(2)).parent())
                    .isEqualTo(new ParentCall(IDS.get(1), 1, 0, "w", 1, "node", "a || b"));
            Promise waiting = found(ledger, IDS.get(0));
            assertThat(waiting.submitter()).as("nobody wrote it down").isEqualTo(Submitter.UNKNOWN);
            assertThat(waiting.inputs()).isEqualTo(Map.of("NAME", "Ann Müller \uD83D\uDE00", "SECRET", "sealed"));
            assertThat(waiting.secrets()).containsExactly("SECRET");
            assertThat(waiting.key()).isEqualTo(new IdempotencyKey("job", "k", "f"));
            assertThat(found(ledger, IDS.get(5)).settlement().orElseThrow().reason())
                    .isEqualTo(Samples.REASON);
            assertThat(IDS.subList(3, 6).stream().map(id -> report(ledger, id).state()))
                    .containsExactly(DeliveryState.WAITING, DeliveryState.GIVEN_UP, DeliveryState.DELIVERED);
            assertThat(report(ledger, IDS.get(3)).attempts()).hasSize(1);
            assertThat(ledger.keyOwner(new IdempotencyKey("job", "k", "f"))).isPresent();
            assertThat(ledger.lists().setAside()).isEmpty();
        }
        assertThat(LedgerCheck.of(location)).isEmpty();
    }

    @Test
    public void aLedgerThatKnowsWhoSubmittedIsReadAsItWasWritten() throws IOException {
        Path home = folder.newFolder().toPath();
        try (InputStream stored = StoredLedgerTest.class.getResourceAsStream("/ledger/format-1-submitter/ledger.db")) {
            Files.copy(stored, LedgerDatabase.file(home));
        }
        try (Ledger ledger = open(new LedgerLocation.Embedded(home))) {
            assertThat(IDS.stream().map(id -> found(ledger, id).submitter()))
                    .containsExactly(
                            Submitter.user("ann"),
                            Submitter.UNKNOWN,
                            Submitter.upstream(IDS.get(1)),
                            Submitter.token("127.0.0.1"),
                            Submitter.TIMER,
                            new Submitter(Submitter.Kind.UNKNOWN, "Started by an SCM change"));
            assertThat(ledger.lists().setAside()).isEmpty();
        }
    }

    private static Ledger open(LedgerLocation location) throws IOException {
        return Ledger.open(location, ControllerIdentity.begin("home", "http://home"), Clock.systemUTC());
    }

    private static Promise found(Ledger ledger, String id) {
        return ledger.find(id).orElseThrow();
    }

    private static Delivery report(Ledger ledger, String id) {
        return found(ledger, id).delivery("R").orElseThrow();
    }

    @Test
    public void whatThisBuildWritesIsStoredForLaterOnes() throws IOException {
        Path home = folder.newFolder().toPath();
        LedgerLocation location = new LedgerLocation.Embedded(home);
        try (Ledger ledger = open(location)) {
            assertThat(new Samples(ledger).fill(IDS)).isEqualTo(IDS);
        }
        String target = System.getProperty("store");
        if (target != null) {
            LedgerCopy.backup(location, Path.of(target).resolve("ledger.db"));
        }
        assertThat(LedgerCheck.of(location)).isEmpty();
    }
}
