package io.jenkins.plugins.promise.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Postgres;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What else happens while versions come and go. */
public class DeploymentRacesTest {
    private static final Logger MODEL = Logger.getLogger("io.jenkins.plugins.promise");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());

    @Before
    public void quiet() {
        MODEL.setLevel(Level.OFF);
    }

    @After
    public void loud() {
        MODEL.setLevel(null);
    }

    private Bundle bundle(SuiteFolder suite) throws IOException {
        return new SuiteCompiler(reader, Map.of()).compile(reader.read(suite.root()));
    }

    private static String version(Bundle bundle) {
        return bundle.versions().get(0).version();
    }

    @Test
    public void aRollbackWhoseCommitIsHeardOfTooLateGoesBackOnce() throws Exception {
        FaultyDatabase database = new FaultyDatabase();
        try (Ledger ledger = database.open(
                EmbeddedLedger.in(folder.newFolder().toPath()),
                ControllerIdentity.begin("one", "http://one"),
                Clock.systemUTC())) {
            LedgerVersions store =
                    LedgerVersions.open(ledger, folder.newFolder().toPath().resolve("deployed"), Clock.systemUTC());
            Deployments deployments = new Deployments(store, ledger, new AcceptanceGate(), Clock.systemUTC());
            SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath());
            String[] versions = new String[3];
            for (int i = 0; i < 3; i++) {
                Bundle bundle = bundle(suite.worker("one", "echo " + i));
                versions[i] = version(bundle);
                deployments.deploy(bundle, new DeployOptions(false, false));
            }
            assertThat(store.index().latestOf("one")).contains(versions[2]);

            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            var held = ledger.write(handle -> {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return 0;
            });
            begun.await();
            CompletableFuture<DeploymentPlan.Move> move = CompletableFuture.supplyAsync(() -> {
                try {
                    return deployments.rollback("one", null);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Eventually.until(
                    "it waits", Duration.ofSeconds(10), () -> ledger.load().waiting() == 1);
            // Committed together with the rollback: the last of the two, so that the commit is what comes next.
            AtomicBoolean failed = new AtomicBoolean();
            var beside = ledger.write(handle -> {
                if (!failed.getAndSet(true)) {
                    database.failAt(FaultyDatabase.Fault.LOST, 1, 1);
                }
                return 1;
            });
            goOn.countDown();
            held.join();
            beside.join();
            assertThat(move.join().to())
                    .as("%s of %s", move.join(), List.of(versions))
                    .isEqualTo(versions[1]);
            assertThat(store.index().latestOf("one")).contains(versions[1]);
        }
    }

    @Test
    public void aVersionThatAnotherControllerAcceptsAPromiseOfIsNotPrunedMeanwhile() throws Exception {
        LedgerLocation location = Postgres.ofThisProcess().newLocation();
        try (Ledger one = Ledger.open(location, ControllerIdentity.begin("1", "http://1"), Clock.systemUTC());
                Ledger two = Ledger.open(location, ControllerIdentity.begin("2", "http://2"), Clock.systemUTC())) {
            Path cache = folder.newFolder().toPath().resolve("deployed");
            LedgerVersions store = LedgerVersions.open(one, cache, Clock.systemUTC());
            SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath());
            Bundle old = bundle(suite.worker("one", "echo 1"));
            Deployments deployments = new Deployments(store, one, new AcceptanceGate(), Clock.systemUTC());
            deployments.deploy(old, new DeployOptions(false, false));
            deployments.deploy(bundle(suite.worker("one", "echo 2")), new DeployOptions(false, false));

            Promise[] accepted = new Promise[1];
            VersionStore between = (VersionStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {VersionStore.class}, (p, method, arguments) -> {
                        if (method.getName().equals("remove") && accepted[0] == null) {
                            // What the other controller's Acceptance does, which knows the version still.
                            Taken taken = two.accept(promise(version(old))).join();
                            accepted[0] = ((Taken.Accepted) taken).promise();
                        }
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            new Deployments(between, one, new AcceptanceGate(), Clock.systemUTC()).prune(Duration.ofSeconds(-5), false);
            assertThat(store.resolve(version(old)))
                    .as("the version of an open promise")
                    .isPresent();
        }
    }

    private static Promise promise(String version) {
        return new Promise(
                0,
                PromiseId.create(),
                "one",
                version,
                "worker",
                Map.of(),
                List.of(),
                Instant.EPOCH,
                Instant.now().plusSeconds(600),
                new Origin.Outside(null, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(),
                List.of(),
                0);
    }
}
