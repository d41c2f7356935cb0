package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.view.Stuck;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.FakeBuilds;
import io.jenkins.plugins.promise.testing.FakeCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is accepted waits in the ledger, in its order, and the host's queue holds a window of it. */
public class DispatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final FakeCatalog catalog = new FakeCatalog();
    private final FakeBuilds builds = new FakeBuilds(4);
    private Path home;
    private Ledger ledger;
    private Promises promises;
    private Dispatch dispatch;

    @Before
    public void start() throws IOException {
        home = folder.newFolder().toPath();
        catalog.worker("any", Contract.of());
        catalog.worker("few", new Contract(List.of(), null, null, Keep.ALL, 2, null, List.of()));
        open();
    }

    private void open() throws IOException {
        Clock clock = Clock.systemUTC();
        ledger = Ledger.open(EmbeddedLedger.in(home), ControllerIdentity.begin("home", "http://here"), clock);
        promises = PlainPromises.over(ledger, catalog, clock);
        dispatch = promises.begin(builds, catalog);
        dispatch.reconcile();
    }

    @After
    public void close() throws IOException {
        dispatch.close();
        promises.close();
        ledger.close();
    }

    private String submit(String job) throws Exception {
        return promises.submit(Submission.of(job, GivenInputs.of(java.util.Map.of()), null, Submitter.UNKNOWN))
                .promise()
                .id();
    }

    private void start(String id) throws Exception {
        promises.progress().started(id, "build");
        Eventually.until(
                "it runs", PATIENCE, () -> ledger.find(id).orElseThrow().state() == PromiseState.RUNNING);
    }

    @Test
    public void whatIsCancelledWhileItIsBeingQueuedIsTakenOutOfTheQueueAgain() throws Exception {
        builds.beforeEachIsQueued(promise -> {
            try {
                promises.cancel(promise.id(), "ann");
            } catch (Refused e) {
                throw new IllegalStateException(e);
            }
        });
        String id = submit("any");
        Eventually.until("it was queued", PATIENCE, () -> builds.queued().contains(id));
        Eventually.until(
                "it is out of the queue again", PATIENCE, () -> builds.inQueue().isEmpty());
        assertThat(promises.find(id).state().settled()).isTrue();
    }

    @Test
    public void theHostsQueueHoldsAWindowAndIsFilledInTheOrderOfAcceptance() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(submit("any"));
        }
        assertThat(builds.queued()).containsExactlyElementsOf(all.subList(0, 4));

        for (int i = 0; i < 50; i++) {
            int next = i;
            start(all.get(i));
            Eventually.until(
                    "the next one is queued", PATIENCE, () -> builds.queued().size() == Math.min(50, next + 5));
            assertThat(builds.queued()).containsExactlyElementsOf(all.subList(0, Math.min(50, i + 5)));
        }
    }

    @Test
    public void whatWaitsForLongIsStuckTheLongestFirstAndWhatWasCalledToo() throws Exception {
        String caller = submit("any");
        start(caller);
        String called = promises.submit(Submission.called(
                        "any",
                        GivenInputs.of(java.util.Map.of()),
                        new ParentCall(caller, 1, 0, "worker", 1, null, null)))
                .promise()
                .id();
        String few = submit("few");

        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(16));
        assertThat(new Stuck(ledger, Clock.systemUTC(), dispatch::obstacle).longest(null, 10))
                .isEmpty();
        assertThat(new Stuck(ledger, later, dispatch::obstacle).longest(null, 10))
                .extracting(Promise::id)
                .containsExactly(called, few);
        assertThat(new Stuck(ledger, later, dispatch::obstacle).longest("few", 10))
                .extracting(Promise::id)
                .containsExactly(few);
        assertThat(new Stuck(ledger, later, dispatch::obstacle).longest(null, 1))
                .extracting(Promise::id)
                .containsExactly(called);
    }

    @Test
    public void aJobThatIsDisabledIsNotBuiltSaysSoAndHoldsUpNoOther() throws Exception {
        builds.hold("few-v1-1234567", "the job few is disabled");
        List<String> few = List.of(submit("few"), submit("few"));
        String any = submit("any");

        Eventually.until("the other one passed", PATIENCE, () -> builds.queued().contains(any));
        assertThat(builds.queued()).containsExactly(any);
        WaitsFor waits =
                dispatch.waitsFor(ledger.find(few.get(0)).orElseThrow()).orElseThrow();
        assertThat(waits.what()).isEqualTo("job");
        assertThat(waits.detail()).isEqualTo("the job few is disabled");
        assertThat(waits.stuck()).isTrue();

        builds.hold("few-v1-1234567", null);
        dispatch.refill();
        Eventually.until("they are queued", PATIENCE, () -> builds.queued().size() == 3);
        assertThat(builds.queued()).containsExactly(any, few.get(0), few.get(1));
    }

    @Test
    public void whatTheHostTookOutOfItsQueueForAJobThatWasDisabledIsQueuedAgainOnceItIsEnabled() throws Exception {
        List<String> all = List.of(submit("few"), submit("few"), submit("any"));
        builds.hold("few-v1-1234567", "the job few is disabled");
        for (String id : all.subList(0, 2)) {
            builds.lose(id);
            dispatch.returned(id);
        }
        List<String> more = List.of(submit("any"), submit("any"), submit("any"));
        Eventually.until("their place is free", PATIENCE, () -> builds.queued().containsAll(more));
        assertThat(builds.queued()).doesNotContain(all.get(0), all.get(1));

        builds.hold("few-v1-1234567", null);
        start(more.get(0));
        start(more.get(1));
        Eventually.until(
                "they are queued again", PATIENCE, () -> builds.queued().containsAll(all));
    }

    @Test
    public void whatAPersonMustHelpWithIsToldOfWhatWaitsOfItsCallerAndOnce() throws Exception {
        String caller = submit("any");
        start(caller);
        promises.progress().phase(caller, new PhaseRecord(1, "one", Instant.now(), null, List.of()));
        builds.starve("no agent has the label linux");
        List<String> called = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            called.add(promises.submit(Submission.called(
                            "any",
                            GivenInputs.of(java.util.Map.of()),
                            new ParentCall(caller, 1, i, "w" + i, 1, null, null)))
                    .promise()
                    .id());
        }

        WaitsFor last =
                dispatch.waitsFor(ledger.find(called.get(5)).orElseThrow()).orElseThrow();
        assertThat(last.what()).isEqualTo("turn");
        assertThat(last.detail()).isEqualTo("5 wait before it; no agent has the label linux");
        assertThat(last.stuck()).isTrue();
        WaitsFor of = dispatch.waitsFor(ledger.find(caller).orElseThrow()).orElseThrow();
        assertThat(of.what()).isEqualTo("worker");
        assertThat(of.detail())
                .isEqualTo(
                        "6 workers, among them 'w0', 'w1', 'w2', of which 'w0' is queued: the fake host's own words");
        assertThat(of.stuck()).isTrue();
        Stuck now = new Stuck(ledger, Clock.systemUTC(), dispatch::obstacle);
        assertThat(now.longest(null, 100)).as("a moment is nothing").isEmpty();
        Stuck soon = new Stuck(ledger, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(25)), dispatch::obstacle);
        assertThat(soon.longest(null, 100)).extracting(Promise::id).containsExactlyElementsOf(called);
        assertThat(soon.obstacles()).containsOnlyKeys("no agent has the label linux");
        assertThat(soon.obstacles().get("no agent has the label linux").id()).isEqualTo(called.get(0));

        builds.starve(null);
        assertThat(soon.longest(null, 100)).isEmpty();
        assertThat(soon.obstacles()).isEmpty();
    }

    @Test
    public void whatIsWrittenAndNotToldOfYetHasNobodyForgotten() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(submit("any"));
        }
        for (String id : all.subList(0, 2)) {
            ledger.change(id, p -> p.running("build", Instant.now())).join();
        }
        for (int i = 2; i < 4; i++) {
            promises.settle(all.get(i), Outcome.success("done", null));
            int queued = i + 3;
            Eventually.until(
                    "the next one is queued", PATIENCE, () -> builds.queued().size() == queued);
        }
        start(all.get(4));

        Eventually.until(
                "the last one is queued", PATIENCE, () -> builds.queued().containsAll(all));
    }

    @Test
    public void whatEndsWhileItIsReconciledTakesNobodysPlace() throws Exception {
        List<String> few = List.of(submit("few"), submit("few"), submit("few"), submit("few"));
        start(few.get(0));
        start(few.get(1));
        close();
        builds.beforeEachIsFound(promise -> promises.settle(promise.id(), Outcome.success("done", null)));
        open();

        Eventually.until(
                "the others are queued", PATIENCE, () -> builds.queued().containsAll(few.subList(2, 4)));
    }

    @Test
    public void noMoreBuildsOfAJobRunThanItsConcurrencyAndOthersPassThem() throws Exception {
        List<String> few = List.of(submit("few"), submit("few"), submit("few"), submit("few"));
        String any = submit("any");

        Eventually.until("the other one passed", PATIENCE, () -> builds.queued().contains(any));
        assertThat(builds.queued()).containsExactly(few.get(0), few.get(1), any);
        Promise waiting = ledger.find(few.get(2)).orElseThrow();
        assertThat(dispatch.waitsFor(waiting).orElseThrow().what()).isEqualTo("concurrency");
        assertThat(dispatch.waitsFor(waiting).orElseThrow().detail()).contains("2 of at most 2 builds of few");

        start(few.get(0));
        assertThat(builds.queued()).doesNotContain(few.get(2));
        promises.settle(few.get(0), Outcome.success("done", null));

        Eventually.until("the third one", PATIENCE, () -> builds.queued().contains(few.get(2)));
        assertThat(builds.queued()).doesNotContain(few.get(3));
    }

    @Test
    public void aPromiseSaysWhatItWaitsForAndHowManyAreBeforeIt() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            all.add(submit("any"));
        }
        WaitsFor queued =
                dispatch.waitsFor(ledger.find(all.get(0)).orElseThrow()).orElseThrow();
        WaitsFor waiting =
                dispatch.waitsFor(ledger.find(all.get(8)).orElseThrow()).orElseThrow();

        assertThat(queued.what()).isEqualTo("executor");
        assertThat(queued.detail()).isEqualTo("the fake host's own words");
        assertThat(waiting.what()).isEqualTo("turn");
        assertThat(waiting.before()).isEqualTo(8);
        assertThat(waiting.since())
                .isEqualTo(ledger.find(all.get(8)).orElseThrow().accepted());
    }

    @Test
    public void aCancelledPromiseLeavesTheLedgersQueueAndTheHosts() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(submit("any"));
        }
        promises.cancel(all.get(4), "test");
        promises.cancel(all.get(0), "test");

        assertThat(builds.abandoned()).contains(all.get(0));
        Eventually.until(
                "the sixth takes the place", PATIENCE, () -> builds.queued().contains(all.get(5)));
        assertThat(builds.queued()).doesNotContain(all.get(4));
    }

    @Test
    public void oneThatCannotBeQueuedIsSettledWithTheReasonAndHurtsNoOther() throws Exception {
        builds.refuse("the choice was removed");
        String bad = submit("any");
        builds.refuse(null);
        String good = submit("any");

        assertThat(ledger.find(bad).orElseThrow().settlement().orElseThrow().reason())
                .contains("the choice was removed");
        assertThat(builds.queued()).containsExactly(good);
    }

    @Test
    public void anErrorSettlesThePromiseThatItComesOfWhereverItComesAndHurtsNoOther() throws Exception {
        for (Error problem :
                List.of(new OutOfMemoryError("just now"), new NoClassDefFoundError("a plugin was taken away"))) {
            builds.beforeEachIsQueued(p -> {
                throw problem;
            });
            String queued = submit("any");
            builds.beforeEachIsQueued(p -> {});
            String checked = submit("any");
            catalog.failOnce(problem);
            promises.settle(checked, Outcome.success("done", null));
            String found = submit("any");
            String good = submit("any");
            start(found);
            start(good);
            close();
            builds.forget();
            builds.cannotFind(found, problem);
            open();
            Eventually.until(
                    "the good one is queued", PATIENCE, () -> builds.queued().contains(good));

            assertThat(reason(queued)).contains("cannot be queued").contains(problem.toString());
            assertThat(reason(checked))
                    .contains("cannot be checked against the contract")
                    .contains(problem.toString());
            assertThat(reason(found)).contains("could not be gone on with").contains(problem.toString());
            promises.settle(good, Outcome.success("done", null));
        }
    }

    private String reason(String id) {
        return ledger.find(id).orElseThrow().settlement().orElseThrow().reason();
    }

    @Test
    public void whatRanWhenTheControllerWentIsQueuedAgainUpToItsAttempts() throws Exception {
        String id = submit("any");
        for (int start = 1; start <= 3; start++) {
            start(id);
            close();
            builds.forget();
            open();
            int starts = start;
            Eventually.until(
                    "it is queued again, or given up",
                    PATIENCE,
                    () -> starts == 3
                            ? ledger.find(id).orElseThrow().state().settled()
                            : builds.queued().contains(id));
        }
        assertThat(promises.report(id).orElseThrow().reason())
                .contains("it was started 3 times")
                .contains("the job allows 3 attempts");
    }

    @Test
    public void oneThatCannotBeReconciledIsSettledAndTheOthersGoOn() throws Exception {
        String bad = submit("any");
        String good = submit("any");
        start(bad);
        start(good);
        close();
        builds.forget();
        builds.cannotFind(bad, new IllegalStateException("its build cannot be read"));
        open();

        Eventually.until(
                "the good one is queued", PATIENCE, () -> builds.queued().contains(good));
        assertThat(ledger.find(bad).orElseThrow().settlement().orElseThrow().reason())
                .contains("could not be gone on with");
    }
}
