package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.submission.Submitted;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.PlainSealer;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A pruning that comes after a submission has found its version, and before its promise is accepted. */
public class PruningRaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Ledger ledger;
    private LedgerVersions store;
    private Deployments deployments;
    private Promises promises;
    private String old;
    private Thread pruning;

    @Before
    public void start() throws Exception {
        Clock clock = Clock.systemUTC();
        AcceptanceGate gate = new AcceptanceGate();
        ledger = Ledger.open(
                EmbeddedLedger.in(folder.newFolder().toPath()), ControllerIdentity.begin("one", "http://one"), clock);
        store = LedgerVersions.open(ledger, folder.newFolder().toPath().resolve("deployed"), clock);
        deployments = new Deployments(store, ledger, gate, clock);
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath());
        old = deployed(suite.worker("one", "echo 1"));
        deployed(suite.worker("one", "echo 2"));
        EndpointGuard guard = new EndpointGuard(ReceiverPolicy.DEFAULT);
        promises = new Promises(
                ledger,
                store,
                gate,
                new PlainSealer(),
                guard,
                (job, call, inputs) -> {
                    if (job.version().equals(old)) {
                        prune();
                    }
                    return "lane";
                },
                new Links(() -> "http://one", p -> Optional.empty(), p -> Optional.empty()),
                () -> RetrySchedule.DEFAULT,
                () -> PromiseSettings.DEFAULT,
                clock,
                outbox -> new Courier(
                        outbox, guard, new Signer(List.of(SigningKey.generate())), CourierLimits.DEFAULT, clock));
    }

    @After
    public void stop() throws IOException {
        promises.close();
        ledger.close();
    }

    private String deployed(SuiteFolder suite) throws Exception {
        SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
        deployments.deploy(
                new SuiteCompiler(reader, Map.of()).compile(reader.read(suite.root())),
                new DeployOptions(false, false));
        return store.resolve("one").orElseThrow().version();
    }

    /** Somebody prunes now: it is done, or waits for what is being submitted. */
    private void prune() {
        pruning = new Thread(() -> {
            try {
                deployments.prune(Duration.ofSeconds(-5), false);
            } catch (Refused e) {
                throw new IllegalStateException(e);
            }
        });
        pruning.start();
        try {
            Eventually.until("it is done or waits", PATIENCE, () -> !pruning.isAlive() || atTheGate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean atTheGate() {
        return pruning.getState() == Thread.State.WAITING
                && Arrays.stream(pruning.getStackTrace())
                        .anyMatch(f -> f.getClassName().contains("ReentrantReadWriteLock$WriteLock"));
    }

    private void assertVersionIsThere(Promise accepted) throws Exception {
        pruning.join();
        assertThat(accepted.version()).isEqualTo(old);
        assertThat(store.resolve(old)).as("the version of an open promise").isPresent();
    }

    private static Submission of(String job, ParentCall call) {
        return new Submission(job, GivenInputs.of(Map.of()), null, call, Submitter.UNKNOWN);
    }

    @Test
    public void leavesTheVersionOfASubmission() throws Exception {
        assertVersionIsThere(promises.submit(of(old, null)).promise());
    }

    @Test
    public void leavesTheVersionOfACallOfAnOrchestration() throws Exception {
        String caller = promises.submit(of("one", null)).promise().id();

        List<Submitted> called = promises.submit(List.of(of(old, new ParentCall(caller, 1, 0, "w", 1, null, null))));

        assertVersionIsThere(called.get(0).accepted().promise());
    }
}
