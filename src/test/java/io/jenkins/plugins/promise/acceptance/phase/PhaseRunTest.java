package io.jenkins.plugins.promise.acceptance.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.PlainSealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A phase over a real ledger: what it submits, and when it must not. */
public class PhaseRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Jobs jobs = new Jobs();
    private Ledger ledger;
    private Promises promises;

    @Before
    public void open() throws IOException {
        ledger = Ledger.open(
                EmbeddedLedger.in(folder.newFolder().toPath()),
                ControllerIdentity.begin("home", "http://here"),
                Clock.systemUTC());
        EndpointGuard guard = new EndpointGuard(new ReceiverPolicy(List.of("https"), List.of(), false));
        promises = new Promises(
                ledger,
                jobs,
                new AcceptanceGate(),
                new PlainSealer(),
                guard,
                (job, call, inputs) -> "lane",
                new Links(() -> "http://here", p -> Optional.empty(), p -> Optional.empty()),
                () -> RetrySchedule.DEFAULT,
                () -> PromiseSettings.DEFAULT,
                Clock.systemUTC(),
                outbox -> new Courier(
                        outbox,
                        guard,
                        new Signer(List.of(SigningKey.generate())),
                        CourierLimits.DEFAULT,
                        Clock.systemUTC()));
    }

    @After
    public void close() throws IOException {
        promises.close();
        ledger.close();
    }

    private String orchestration() throws Refused {
        return promises.submit(Submission.of("o", GivenInputs.of(Map.of()), null, Submitter.UNKNOWN))
                .promise()
                .id();
    }

    private static WorkerCall call(String name, int retries) {
        return new WorkerCall(name, "w", Map.of(), retries, false, null, null);
    }

    private static Phase phase(boolean failFast, WorkerCall... calls) {
        return new Phase(1, "p", true, failFast, false, Arrays.asList(calls));
    }

    private PhaseRun run(Phase phase, String orchestration, Host host) {
        return new PhaseRun(phase, orchestration, promises, Clock.systemUTC(), host);
    }

    private Promise settled(String id, Outcome outcome) throws Refused {
        promises.settle(id, outcome);
        return promises.find(id);
    }

    private boolean exists(String id) {
        return ledger.find(id).isPresent();
    }

    @Test
    public void aSettledOrchestrationSubmitsNothing() throws Exception {
        String id = orchestration();
        Host host = new Host();
        promises.cancel(id, "ann");

        run(phase(false, call("a", 0)), id, host).start();

        assertThat(exists(id + "-1-0-1")).isFalse();
        assertThat(host.results).isNull();
    }

    @Test
    public void anOrchestrationThatIsSettledWhileItsWorkersAreToldOfEndsAllOfThem() throws Exception {
        String id = orchestration();
        Host host = new Host();
        promises.listen(p -> {
            if (p.id().equals(id + "-1-0-1") && !p.state().settled()) {
                promises.settle(id, Outcome.failure("cancelled"));
            }
        });

        run(phase(false, call("a", 0), call("b", 0)), id, host).start();

        assertThat(ledger.lists().children(id)).hasSize(2).allMatch(p -> p.state()
                .settled());
        assertThat(host.results).isNull();
    }

    private static WorkerCall[] calls(int count) {
        return IntStream.range(0, count).mapToObj(i -> call("w" + i, 0)).toArray(WorkerCall[]::new);
    }

    /** Begins a phase whose workers all wait for the disk at once, and does something before the disk goes on. */
    private void whileTheDiskWaits(PhaseRun run, int workers, Runnable meanwhile) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        var held = ledger.write(handle -> {
            try {
                return goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Eventually.until("the disk waits", PATIENCE, () -> ledger.load().waiting() == 0);
        meanwhile.run();
        int before = ledger.load().waiting();
        // Once it is noted, and then each of its workers.
        CompletableFuture<Void> started = CompletableFuture.runAsync(run::start);
        Eventually.until(
                "all workers wait for the disk together",
                PATIENCE,
                () -> ledger.load().waiting() == before + 1 + workers);
        goOn.countDown();
        assertThat(held.join()).isTrue();
        started.join();
    }

    @Test
    public void workersOfAPhaseWaitForTheDiskTogetherAndAreAcceptedInTheOrderOfTheirDeclaration() throws Exception {
        String id = orchestration();
        long before = ledger.load().transactions();

        whileTheDiskWaits(run(phase(false, calls(50)), id, new Host()), 50, () -> {});

        assertThat(ledger.lists().children(id))
                .extracting(p -> p.parent().index())
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        assertThat(ledger.load().transactions() - before).isLessThanOrEqualTo(3);
    }

    @Test
    public void moreWorkersThanAreHeldInMemoryAtOnceAreAcceptedInOrderToo() throws Exception {
        String id = orchestration();

        run(phase(false, calls(450)), id, new Host()).start();

        assertThat(ledger.lists().children(id))
                .extracting(p -> p.parent().index())
                .containsExactlyElementsOf(IntStream.range(0, 450).boxed().toList());
    }

    @Test
    public void aCallerThatEndsBeforeItsWorkersAreWrittenGetsNone() throws Exception {
        String id = orchestration();
        Host host = new Host();
        List<CompletableFuture<Void>> cancelled = new ArrayList<>();

        whileTheDiskWaits(run(phase(false, calls(5)), id, host), 5, () -> {
            cancelled.add(CompletableFuture.runAsync(() -> promises.settle(id, Outcome.failure("cancelled"))));
            try {
                Eventually.until(
                        "the settlement waits", PATIENCE, () -> ledger.load().waiting() == 1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        cancelled.get(0).join();
        assertThat(ledger.lists().children(id)).isEmpty();
        assertThat(host.results).isNull();
    }

    @Test
    public void aPhaseThatIsStoppedWhileItsWorkersAreWrittenEndsThem() throws Exception {
        String id = orchestration();
        PhaseRun run = run(phase(false, calls(5)), id, new Host());
        promises.listen(p -> {
            if (p.id().equals(id + "-1-0-1")) {
                run.stop();
            }
        });

        run.start();

        assertThat(ledger.lists().children(id))
                .hasSize(5)
                .allMatch(p -> p.settlement().orElseThrow().reason().contains("its orchestration, which has ended"));
    }

    @Test
    public void aWorkerThatIsRefusedFailsForItselfAndTheOthersRun() throws Exception {
        String id = orchestration();
        Host host = new Host();
        WorkerCall wrong = new WorkerCall("b", "w", Map.of("N", "x"), 0, false, null, null);
        PhaseRun run = run(phase(false, call("a", 0), wrong, call("c", 0)), id, host);

        run.resume();
        run.settled(settled(id + "-1-0-1", Outcome.success("fine", null)));
        run.settled(settled(id + "-1-2-1", Outcome.success("fine too", null)));

        assertThat(exists(id + "-1-1-1")).isFalse();
        assertThat(host.results.keySet()).containsExactly("a", "b", "c");
        assertThat(host.results.get("b").outcome().reason()).contains("do not fit the contract");
        assertThat(host.results.get("c").success()).isTrue();
    }

    @Test
    public void whatCannotBeReadHalfwayLetsNoLaterCallOvertake() throws Exception {
        String id = orchestration();
        Host host = new Host();
        WorkerCall late = new WorkerCall("b", "late", Map.of(), 0, false, null, null);
        PhaseRun run = run(phase(false, call("a", 0), late, call("c", 0)), id, host);
        jobs.brokenName = "late";

        run.resume();
        assertThat(ledger.lists().children(id)).extracting(Promise::id).containsExactly(id + "-1-0-1");

        jobs.brokenName = null;
        host.doLater();
        assertThat(ledger.lists().children(id))
                .extracting(Promise::id)
                .containsExactly(id + "-1-0-1", id + "-1-1-1", id + "-1-2-1");
    }

    @Test
    public void whatCannotBeReadOrWrittenNowIsTriedAgainAndFailsNothing() throws Exception {
        String id = orchestration();
        Host host = new Host();
        PhaseRun run = run(phase(false, call("a", 0)), id, host);
        jobs.broken = true;
        run.start();
        host.doLater();
        assertThat(host.later).as("it waits").hasSize(1);
        assertThat(exists(id + "-1-0-1")).isFalse();

        jobs.broken = false;
        host.doLater();
        assertThat(exists(id + "-1-0-1")).isTrue();
        run.settled(settled(id + "-1-0-1", Outcome.success("fine", null)));
        assertThat(host.results.get("a").success()).isTrue();
    }

    @Test
    public void aControllerThatStopsFailsNoCall() throws Exception {
        String id = orchestration();
        Host host = new Host();
        promises.stopAccepting();

        run(phase(false, call("a", 0)), id, host).start();

        assertThat(host.later).hasSize(1);
        assertThat(host.results).isNull();
    }

    @Test
    public void findsItsWorkersAgainAfterARestartWithTheirAttempts() throws Exception {
        String id = orchestration();
        Phase phase = phase(true, call("a", 3), call("b", 0));
        PhaseRun before = run(phase, id, new Host());
        before.start();
        before.settled(settled(id + "-1-0-1", Outcome.failure("it broke")));
        assertThat(exists(id + "-1-0-2")).isTrue();

        Host host = new Host();
        PhaseRun after = run(phase, id, host);
        after.start();
        assertThat(exists(id + "-1-0-3")).isFalse();
        after.settled(promises.find(id + "-1-0-1"));
        assertThat(exists(id + "-1-0-3")).as("an old attempt is ignored").isFalse();
        after.settled(settled(id + "-1-1-1", Outcome.failure("broke too")));

        assertThat(promises.find(id + "-1-0-2").settlement().orElseThrow().reason())
                .startsWith("cancelled by worker 'b' failed");
        assertThat(host.results.keySet()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    public void theSixthLevelOfOrchestrationsIsRefusedAtTheCall() throws Exception {
        String id = orchestration();
        for (int level = 1; level <= 5; level++) {
            Host host = new Host();
            run(phase(false, new WorkerCall("o", "o", Map.of(), 0, false, null, null)), id, host)
                    .start();
            id += "-1-0-1";
            assertThat(exists(id)).as("level " + level).isTrue();
        }
        Host host = new Host();
        run(phase(false, call("a", 0)), id, host).start();

        assertThat(exists(id + "-1-0-1")).isFalse();
        assertThat(host.results.get("a").outcome().reason())
                .isEqualTo("nothing was started: worker 'a' would stand on level 6 of orchestrations that call each"
                        + " other, and 5 is the most; call it from an orchestration further up");
    }

    /** Does later what it is told to do later when the test says so. */
    private static final class Host implements PhaseRun.Host {
        private final Deque<Runnable> later = new ArrayDeque<>();
        private final List<String> printed = new ArrayList<>();
        private Map<String, WorkerResult> results;

        private void doLater() {
            later.remove().run();
        }

        @Override
        public String version(WorkerCall call) {
            return call.job();
        }

        @Override
        public void print(String line) {
            printed.add(line);
        }

        @Override
        public void later(Runnable task, long millis) {
            later.add(task);
        }

        @Override
        public boolean stopping() {
            return false;
        }

        @Override
        public void ended(Map<String, WorkerResult> all) {
            assertThat(results).as("ended once").isNull();
            results = all;
        }
    }

    /** An orchestration o and a worker w, on a disk that can break. */
    private static final class Jobs implements Catalog {
        private boolean broken;
        private String brokenName;

        @Override
        public Optional<Deployed> resolve(String name) {
            if (broken || name.equals(brokenName)) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            return Optional.of(new Deployed(
                    name,
                    name,
                    name.equals("o") ? JobKind.ORCHESTRATION : JobKind.WORKER,
                    Contract.of(Input.optional("N", InputType.INTEGER)),
                    null,
                    "run",
                    null,
                    "",
                    Map.of()));
        }

        @Override
        public List<Deployed> all() {
            return List.of();
        }

        @Override
        public Optional<SubmitToken> token(String commonName) {
            return Optional.empty();
        }

        @Override
        public Optional<String> broken(String name) {
            return Optional.empty();
        }

        @Override
        public void used(String version) {
            // Nobody prunes here.
        }
    }
}
