package io.jenkins.plugins.promise.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.ReleaseRequest;
import io.jenkins.plugins.promise.environment.book.Works;
import io.jenkins.plugins.promise.environment.view.EnvironmentCards;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.LedgerCopy;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.EngineOfTest;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** What the ledger keeps of environments, and what it refuses, on both engines. */
@RunWith(Parameterized.class)
public class BookTest {
    private static final Plan PLAN = new Plan(
            List.of(List.of("api"), List.of("lib", "tools"), List.of("web")),
            Map.of("web", Set.of("api"), "api", Set.of()),
            Set.of("api", "web"),
            Set.of("api", "lib", "web"));
    private static final Duration LEASE = Duration.ofHours(2);

    @Parameterized.Parameter
    public String engine;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final VirtualClock clock = new VirtualClock();
    private final Set<String> ended = new HashSet<>();
    private final World world = new World();
    private LedgerLocation location;
    private Ledger ledger;
    private Book book;

    @Parameterized.Parameters(name = "{0}")
    public static List<String> engines() {
        return EngineOfTest.ALL;
    }

    @Before
    public void open() throws Exception {
        location = newLocation();
        ledger = Ledger.open(location, ControllerIdentity.begin("home", "http://here.example"), clock);
        book = new Book(ledger, clock, (handle, holder) -> ended.contains(holder), Set.of("http://here.example"));
        book.environments()
                .declare(List.of(EnvironmentRules.integration("test"), EnvironmentRules.after("production", "test")));
    }

    @After
    public void close() throws IOException {
        ledger.close();
    }

    private LedgerLocation newLocation() throws Exception {
        return EngineOfTest.newLocation(engine, folder.newFolder());
    }

    private Lease take(String environment, String holder) {
        LeaseTurn turn = book.leases().ask(environment, holder);
        assertThat(turn).isInstanceOf(LeaseTurn.Granted.class);
        return ((LeaseTurn.Granted) turn).lease();
    }

    private Outcome finish(Lease lease, Works.Begun begun) {
        Works.Begun at = begun;
        while (!(at.work() instanceof Work.Ended)) {
            List<ActResult> results = at.work().acts().stream()
                    .map(a -> world.does(lease.environment(), a))
                    .toList();
            at = book.works().told(lease, at.turn(), results);
        }
        book.leases().giveBack(lease);
        return ((Work.Ended) at.work()).outcome();
    }

    private Outcome integrate(String holder) {
        Lease lease = take("test", holder);
        return finish(lease, book.works().integrate(lease, PLAN).orElseThrow());
    }

    private Outcome release(String holder, ReleaseRequest request) {
        Lease lease = take(request.environment(), holder);
        try {
            return finish(lease, book.works().release(lease, request, PLAN));
        } catch (EnvironmentRefusal e) {
            book.leases().giveBack(lease);
            throw e;
        }
    }

    private Candidate submit(String component, String commit) {
        return book.candidates().submit("test", Map.of(component, Entry.of(commit)));
    }

    private String passed(String component, String commit) {
        submit(component, commit);
        Outcome.Integrated outcome = (Outcome.Integrated) integrate("i-" + commit);
        assertThat(outcome.rejected()).isNull();
        return outcome.manifest().id();
    }

    private CandidateState state(Candidate candidate) {
        return book.candidates().find("test", candidate.number()).orElseThrow().state();
    }

    private Condition condition(String environment) {
        return book.environments().status(environment).condition();
    }

    private Map<String, String> head(String environment) {
        Map<String, String> commits = new java.util.TreeMap<>();
        book.environments()
                .status(environment)
                .head()
                .manifest()
                .entries()
                .forEach((c, e) -> commits.put(c, e.commit()));
        return commits;
    }

    @Test
    public void environmentsAreInTheirDeclaredOrder() {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test"),
                        EnvironmentRules.after("live", "test"),
                        EnvironmentRules.after("production", "live")));
        assertThat(book.environments().all())
                .extracting(e -> e.rules().name())
                .containsExactly("test", "live", "production");
    }

    @Test
    public void anEnvironmentThatIsNotThereIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> book.environments().status("tset"))
                .isInstanceOfSatisfying(
                        EnvironmentRefusal.class, e -> assertThat(e.why()).isEqualTo(EnvironmentRefusal.Why.UNKNOWN))
                .hasMessage("there is no environment 'tset'; did you mean 'test'?");
        assertThatThrownBy(() -> book.leases().ask("nowhere", "p")).hasMessageContaining("'nowhere'");
    }

    @Test
    public void aLeaseGoesToOneAfterTheOtherAndItsFenceGrows() {
        Lease first = take("test", "one");
        assertThat(take("test", "one")).isEqualTo(first);
        assertThat(book.leases().ask("test", "two")).isEqualTo(new LeaseTurn.Waiting("one", 1));
        assertThat(book.leases().ask("test", "three")).isEqualTo(new LeaseTurn.Waiting("one", 2));
        book.leases().giveBack(first);
        assertThat(book.leases().ask("test", "three")).isEqualTo(new LeaseTurn.Waiting(null, 1));
        Lease second = take("test", "two");
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThatThrownBy(() -> book.leases().giveBack(first)).isInstanceOf(LeaseLost.class);
        assertThat(condition("test")).isEqualTo(new Condition.Clean());
        assertThat(book.environments().status("test").waiting()).containsExactly("three");
        assertThat(take("production", "three").fence()).isEqualTo(1);
    }

    @Test
    public void aLeaseThatExpiresLeavesTheEnvironmentDirtyAndItsHolderChangesNothingMore() {
        submit("api", "a1");
        Lease lost = take("test", "one");
        Works.Begun begun = book.works().integrate(lost, PLAN).orElseThrow();
        clock.pass(LEASE);
        assertThatThrownBy(() -> book.works().told(lost, begun.turn(), List.of()))
                .isInstanceOf(LeaseLost.class);
        Lease next = take("test", "two");
        assertThat(condition("test")).isInstanceOf(Condition.Dirty.class);
        assertThat(next.fence()).isGreaterThan(lost.fence());
        assertThatThrownBy(() -> book.works().told(lost, begun.turn(), List.of()))
                .isInstanceOf(LeaseLost.class);
        assertThat(book.works().current(lost).orElseThrow().work())
                .isEqualTo(new Work.Ended(new Outcome.Lost("the lease of one has expired")));
        assertThat(finish(next, book.works().integrate(next, PLAN).orElseThrow())
                        .good())
                .isTrue();
        assertThat(condition("test")).isEqualTo(new Condition.Clean());
    }

    @Test
    public void whoHasEndedIsNotWaitedFor() {
        Lease lost = take("test", "one");
        book.leases().ask("test", "two");
        book.leases().ask("test", "three");
        ended.addAll(List.of("one", "two"));
        Lease third = take("test", "three");
        assertThat(third.fence()).isEqualTo(lost.fence() + 1);
        assertThat(condition("test")).isInstanceOf(Condition.Dirty.class);
    }

    @Test
    public void whoWaitsNoMoreIsForgottenAndWhoEndsInTheMiddleLeavesItDirty() {
        take("test", "one");
        book.leases().ask("test", "two");
        book.leases().withdraw("test", "two");
        assertThat(book.environments().status("test").waiting()).isEmpty();
        book.leases().withdraw("test", "one");
        assertThat(book.environments().status("test").lease()).isNull();
        assertThat(condition("test")).isInstanceOf(Condition.Dirty.class);
    }

    @Test
    public void whatPassesHasAVerdictOnThatManifestAndMayBeReleased() {
        String manifest = passed("api", "a1");
        Verdict verdict = book.environments().verdict(manifest).orElseThrow();
        assertThat(verdict.tested()).containsExactly("api");
        assertThat(verdict.base()).isEqualTo("production");
        assertThat(verdict.baseNumber()).isZero();
        assertThat(head("production")).isEmpty();
        assertThat(release("r", ReleaseRequest.of("production", manifest)).good())
                .isTrue();
        assertThat(head("production")).isEqualTo(Map.of("api", "a1"));
        assertThat(world.in("production")).isEqualTo(Map.of("api", "a1"));
        assertThat(state(submit("web", "w1"))).isInstanceOf(CandidateState.Waiting.class);
        assertThat(book.candidates().latest("test", 9).get(1).state())
                .isEqualTo(new CandidateState.Released("production", manifest));
        assertThat(book.environments().history("production", 9))
                .extracting(Head::cause)
                .containsExactly(Head.Cause.RELEASED);
    }

    @Test
    public void whatHasNoVerdictIsNotReleasedUnlessSomebodySaysWhy() {
        submit("api", "a1");
        Lease lease = take("test", "one");
        book.works().integrate(lease, PLAN);
        String manifest = Manifest.of(Map.of("api", Entry.of("a1"))).id();
        assertThatThrownBy(() -> release("r", ReleaseRequest.of("production", manifest)))
                .hasMessage("there is no manifest '" + manifest + "'");
        book.leases().withdraw("test", "one");
        String tested = passed("api", "a1");
        release("r1", ReleaseRequest.of("production", tested));
        passed("web", "w1");
        String other = book.environments().keep(Map.of("api", Entry.of("a9"))).id();
        assertThatThrownBy(() -> release("r2", ReleaseRequest.of("production", other)))
                .isInstanceOfSatisfying(
                        EnvironmentRefusal.class, e -> assertThat(e.why()).isEqualTo(EnvironmentRefusal.Why.UNTESTED));
        assertThatThrownBy(() -> release("r3", new ReleaseRequest("production", other, false, "ann", " ")))
                .hasMessageContaining("gives a reason");
        assertThat(release("r4", new ReleaseRequest("production", other, false, "ann", "the site is down"))
                        .good())
                .isTrue();
        assertThat(book.environments()
                        .skipped("production", other)
                        .orElseThrow()
                        .reason())
                .isEqualTo("the site is down");
        assertThat(book.environments().history("production", 1).get(0).cause()).isEqualTo(Head.Cause.OVERRIDDEN);
    }

    @Test
    public void whatWasTestedOnAHeadThatIsNoLongerThereIsIntegratedAgain() {
        String api = passed("api", "a1");
        String lib = passed("lib", "l1");
        Candidate second = book.candidates().latest("test", 1).get(0);
        assertThat(second.state()).isEqualTo(new CandidateState.Passed(lib));
        release("r1", ReleaseRequest.of("production", api));
        assertThat(state(second)).isEqualTo(new CandidateState.Waiting());
        assertThatThrownBy(() -> release("r2", ReleaseRequest.of("production", lib)))
                .isInstanceOfSatisfying(
                        EnvironmentRefusal.class, e -> assertThat(e.why()).isEqualTo(EnvironmentRefusal.Why.STALE));
        Outcome.Integrated again = (Outcome.Integrated) integrate("again");
        assertThat(again.manifest().entries().keySet()).containsExactly("api", "lib");
        release("r3", ReleaseRequest.of("production", again.manifest().id()));
        assertThat(head("production")).isEqualTo(Map.of("api", "a1", "lib", "l1"));
    }

    @Test
    public void anOlderCommitNeverFollowsANewerOne() {
        String old = passed("api", "a1");
        Candidate older = book.candidates().latest("test", 1).get(0);
        String young = passed("api", "a2");
        Candidate newer = book.candidates().latest("test", 1).get(0);
        release("r", ReleaseRequest.of("production", young));
        assertThat(state(older)).isEqualTo(new CandidateState.Replaced(newer.number()));
        assertThatThrownBy(() -> release("r2", ReleaseRequest.of("production", old)))
                .isInstanceOf(EnvironmentRefusal.class);
    }

    @Test
    public void aNewerCommitReplacesOneThatHasNotBegunAndKeepsItsTurn() {
        Candidate first = submit("api", "a1");
        Candidate other = submit("lib", "l1");
        assertThat(submit("api", "a1")).isEqualTo(first);
        Candidate newer = submit("api", "a2");
        assertThat(state(first)).isEqualTo(new CandidateState.Replaced(newer.number()));
        assertThat(book.environments().status("test").candidates())
                .extracting(Candidate::number)
                .containsExactly(newer.number(), other.number());
    }

    @Test
    public void whatBelongsTogetherIsOneCandidateAlsoWhenOneOfThemIsReplaced() {
        book.candidates().submit("test", Map.of("api", Entry.of("a1"), "web", Entry.of("w1")));
        Candidate newer = submit("api", "a2");
        assertThat(newer.entries()).isEqualTo(Map.of("api", Entry.of("a2"), "web", Entry.of("w1")));
    }

    @Test
    public void whatHasBegunIsNotReplacedButGoesWithTheNewerOneIfItMustBeginAgain() {
        Candidate both = book.candidates().submit("test", Map.of("api", Entry.of("a1"), "web", Entry.of("w1")));
        Lease lease = take("test", "one");
        book.works().integrate(lease, PLAN);
        Candidate newer = submit("api", "a2");
        assertThat(newer.entries()).isEqualTo(Map.of("api", Entry.of("a2")));
        book.leases().withdraw("test", "one");
        assertThat(state(both)).isEqualTo(new CandidateState.Replaced(newer.number()));
        assertThat(book.candidates().find("test", newer.number()).orElseThrow().entries())
                .isEqualTo(Map.of("api", Entry.of("a2"), "web", Entry.of("w1")));
    }

    @Test
    public void aFrozenEnvironmentBeginsNothingUntilItMayGoOn() {
        String manifest = passed("api", "a1");
        book.environments().freeze("production", "ann", "it is Christmas");
        assertThatThrownBy(() -> release("r", ReleaseRequest.of("production", manifest)))
                .hasMessage("production is frozen by ann: it is Christmas");
        book.environments().unfreeze("production", "ann");
        assertThat(release("r2", ReleaseRequest.of("production", manifest)).good())
                .isTrue();
    }

    @Test
    public void onlyWhatWasApprovedIsReleasedAndOnlyInTime() {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test"),
                        EnvironmentRules.after("production", "test").approved(Duration.ofHours(24))));
        String manifest = passed("api", "a1");
        ReleaseRequest request = ReleaseRequest.of("production", manifest);
        assertThatThrownBy(() -> release("r", request))
                .hasMessage("nobody has approved manifest " + manifest + " for production");
        assertThatThrownBy(() -> book.environments().approve("production", "0000", "bob"))
                .hasMessage("there is no manifest '0000'");
        String other = book.environments().keep(Map.of("api", Entry.of("a9"))).id();
        book.environments().approve("production", other, "bob");
        assertThatThrownBy(() -> release("r2", request)).hasMessageContaining("nobody has approved");
        Approval approval = book.environments().approve("production", manifest, "bob");
        assertThat(approval.until()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
        clock.pass(Duration.ofHours(23));
        assertThat(book.environments().verdict(manifest)).isPresent();
        assertThat(release("r3", request).good()).isTrue();
        clock.pass(Duration.ofHours(1));
        assertThatThrownBy(() -> release("r4", new ReleaseRequest("production", manifest, true, null, null)))
                .hasMessageContaining("by bob for production counted until");
    }

    @Test
    public void aVerdictThatIsTooOldCountsNoMore() {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test"),
                        new EnvironmentRules(
                                "production", false, false, null, "test", false, Duration.ofHours(1), null)));
        String manifest = passed("api", "a1");
        clock.pass(Duration.ofHours(1));
        assertThatThrownBy(() -> release("r", ReleaseRequest.of("production", manifest)))
                .hasMessageContaining("integrate it again");
    }

    @Test
    public void nothingReleasesItself() {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test"),
                        new EnvironmentRules(
                                "production", false, false, null, "test", false, null, "HTTP://here.example/")));
        String manifest = passed("api", "a1");
        assertThatThrownBy(() -> release("r", ReleaseRequest.of("production", manifest)))
                .hasMessageContaining("nothing releases itself");
    }

    @Test
    public void rollingBackReleasesWhatWasThereBefore() {
        String first = passed("api", "a1");
        release("r1", ReleaseRequest.of("production", first));
        String second = passed("api", "a2");
        release("r2", ReleaseRequest.of("production", second));
        assertThatThrownBy(() -> release("r3", ReleaseRequest.of("production", first)))
                .hasMessageContaining("integrate it again");
        assertThat(release("r4", new ReleaseRequest("production", first, true, "ann", null))
                        .good())
                .isTrue();
        assertThat(world.in("production")).isEqualTo(Map.of("api", "a1"));
        assertThat(book.environments().history("production", 9))
                .extracting(Head::cause)
                .containsExactly(Head.Cause.ROLLED_BACK, Head.Cause.RELEASED, Head.Cause.RELEASED);
        assertThatThrownBy(() -> release("r5", new ReleaseRequest("test", "f00", true, "ann", null)))
                .isInstanceOf(EnvironmentRefusal.class);
    }

    @Test
    public void aThirdEnvironmentTakesOnlyWhatTheSecondHad() {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test"),
                        EnvironmentRules.after("live", "test"),
                        EnvironmentRules.after("production", "live")));
        String first = passed("api", "a1");
        assertThatThrownBy(() -> release("r", ReleaseRequest.of("production", first)))
                .hasMessageContaining("release it there first");
        release("r1", ReleaseRequest.of("live", first));
        release("r2", ReleaseRequest.of("production", first));
        String second = passed("api", "a2");
        release("r3", ReleaseRequest.of("live", second));
        String third = passed("web", "w1");
        release("r4", ReleaseRequest.of("live", third));
        assertThat(release("r5", ReleaseRequest.of("production", third)).good()).isTrue();
        assertThat(head("production")).isEqualTo(Map.of("api", "a2", "web", "w1"));
        assertThatThrownBy(() -> release("r6", ReleaseRequest.of("production", second)))
                .hasMessageContaining("integrate it again");
    }

    @Test
    public void aBrokenBaseHoldsTheQueueAndBlamesNobody() {
        release("r", ReleaseRequest.of("production", passed("api", "a1")));
        world.breaks((component, there) -> component.equals("api"));
        Candidate candidate = submit("api", "a2");
        Outcome outcome = integrate("i");
        assertThat(outcome.told()).contains("base is broken").contains("api failed (exit 1)");
        assertThat(state(candidate)).isEqualTo(new CandidateState.Waiting());
        assertThat(head("test")).isEqualTo(Map.of("api", "a1"));
        Lease lease = take("test", "two");
        assertThatThrownBy(() -> book.works().integrate(lease, PLAN)).hasMessageContaining("the queue of test is held");
        book.environments().unfreeze("test", "ann");
        world.breaks((component, there) -> false);
        assertThat(finish(lease, book.works().integrate(lease, PLAN).orElseThrow())
                        .good())
                .isTrue();
    }

    private boolean rests(String environment) {
        return new EnvironmentCards(book)
                .grid().columns().stream().anyMatch(card -> card.name().equals(environment) && card.rests());
    }

    @Test
    public void whatARejectedCandidateLeftMakesNobodyElseToBlame() {
        release("r", ReleaseRequest.of("production", passed("web", "w1")));
        world.breaks((component, there) -> component.equals("api")
                || (component.equals("web") && "w2".equals(there.get("web")) && there.containsKey("api")));
        Candidate api = submit("api", "a1");
        assertThat(((Outcome.Integrated) integrate("i")).rejected().candidate()).isEqualTo(api.number());

        Candidate web = submit("web", "w2");
        Outcome outcome = integrate("i2");
        assertThat(outcome.told())
                .isEqualTo("nobody is blamed, and the queue is held: web failed (exit 1); but api, which it depends on,"
                        + " is there still, though it was never released: take it away");
        assertThat(state(web)).isEqualTo(new CandidateState.Waiting());
        assertThat(head("test")).isEqualTo(Map.of("web", "w1"));

        assertThat(rests("test")).as("a page offers to let it go on").isTrue();
        world.in("test").remove("api");
        book.environments().unfreeze("test", "ann");
        assertThat(rests("test")).isFalse();
        assertThat(integrate("i3").good()).isTrue();
    }

    @Test
    public void whoLetsTheQueueGoOnAnswersForItThatNothingIsLeft() {
        release("r", ReleaseRequest.of("production", passed("web", "w1")));
        world.breaks((component, there) -> component.equals("api") || "w2".equals(there.get("web")));
        submit("api", "a1");
        assertThat(integrate("i").good()).isFalse();
        Candidate web = submit("web", "w2");
        assertThat(integrate("i2")).isInstanceOf(Outcome.Held.class);
        book.environments().unfreeze("test", "ann");
        integrate("i3");
        assertThat(state(web)).isInstanceOf(CandidateState.Rejected.class);
    }

    @Test
    public void aDependentThatBreaksIsNamedAndProductionIsUntouched() {
        release("r", ReleaseRequest.of("production", passed("api", "a1")));
        release("r2", ReleaseRequest.of("production", passed("web", "w1")));
        world.breaks((component, there) -> component.equals("web") && "a2".equals(there.get("api")));
        Candidate candidate = submit("api", "a2");
        Outcome.Integrated outcome = (Outcome.Integrated) integrate("i");
        assertThat(outcome.rejected().broke()).containsExactly("web");
        assertThat(state(candidate))
                .isEqualTo(new CandidateState.Rejected(
                        "rejected api a2: web failed (exit 1); without it that passes", List.of("web")));
        assertThat(world.in("production")).isEqualTo(Map.of("api", "a1", "web", "w1"));
        assertThat(head("test")).isEqualTo(Map.of("api", "a1", "web", "w1"));
    }

    private void batched() {
        book.environments()
                .declare(List.of(
                        EnvironmentRules.integration("test").batched(true),
                        EnvironmentRules.after("production", "test")));
    }

    @Test
    public void whoIsTheFirstToBringAComponentIsTestedAlone() {
        batched();
        release("r", ReleaseRequest.of("production", passed("lib", "l1")));
        release("r2", ReleaseRequest.of("production", passed("web", "w1")));
        world.breaks((component, there) -> component.equals("web") && there.containsKey("api"));
        Candidate lib = submit("lib", "l2");
        Candidate api = submit("api", "a1");
        Candidate web = submit("web", "w2");
        assertThat(((Outcome.Integrated) integrate("i1")).passed()).containsExactly(lib.number());
        Outcome.Integrated second = (Outcome.Integrated) integrate("i2");
        assertThat(second.rejected().candidate()).isEqualTo(api.number());
        assertThat(second.told())
                .isEqualTo("rejected api a1: web failed (exit 1); without it that fails still, for api is there,"
                        + " which nothing takes away, or the base was broken before");
        assertThat(condition("test")).isInstanceOfSatisfying(Condition.Dirty.class, dirty -> assertThat(dirty.why())
                .isEqualTo(
                        "nothing was there before of api, which did not pass and is there still:" + " take it away"));
        Outcome.Held held = (Outcome.Held) integrate("i3");
        assertThat(held.why())
                .isEqualTo("the base is broken: without it too, web failed (exit 1); but api, which it depends on, is"
                        + " there still, though it was never released: take it away");
        assertThat(held.left()).containsExactly("api");
        world.in("test").remove("api");
        book.environments().unfreeze("test", "ann");
        assertThat(integrate("i4").good()).isTrue();
        assertThat(state(web)).isInstanceOf(CandidateState.Passed.class);
    }

    @Test
    public void whatDidNotPassAndWasTakenAwayIsReleasedWhenItComesAgain() {
        release("r", ReleaseRequest.of("production", passed("web", "w1")));
        world.breaks((component, there) -> component.equals("web") && there.containsKey("lib"));
        submit("lib", "l1");
        integrate("i");
        world.breaks((component, there) -> component.equals("lib"));
        submit("lib", "l1");
        assertThat(integrate("i2").good()).isFalse();
        world.in("test").remove("lib");
        world.breaks((component, there) -> false);
        submit("lib", "l1");
        assertThat(integrate("i3").good()).isTrue();
        assertThat(world.in("test")).containsEntry("lib", "l1");
    }

    @Test
    public void whatTheQueueWasNotHeldForIsKnownToBeThereStill() {
        release("r", ReleaseRequest.of("production", passed("web", "w1")));
        release("r2", ReleaseRequest.of("production", passed("lib", "l1")));
        submit("api", "a1");
        assertThat(integrate("i").good()).as("api waits for its release").isTrue();
        world.breaks((component, there) -> component.equals("lib"));
        Candidate lib = submit("lib", "l2");
        assertThat(((Outcome.Held) integrate("i2")).left()).isEmpty();
        book.environments().unfreeze("test", "ann");
        world.breaks((component, there) ->
                component.equals("web") && "w2".equals(there.get("web")) && there.containsKey("api"));
        Candidate web = submit("web", "w2");
        assertThat(integrate("i3").good()).isTrue();
        assertThat(((Outcome.Held) integrate("i4")).left()).containsExactly("api");
        assertThat(state(lib)).isInstanceOf(CandidateState.Passed.class);
        assertThat(state(web)).isEqualTo(new CandidateState.Waiting());
    }

    @Test
    public void twoThatOnlyBreakTogetherAreABatchThatIsBisected() {
        batched();
        release("r", ReleaseRequest.of("production", passed("api", "a1")));
        release("r2", ReleaseRequest.of("production", passed("web", "w1")));
        release("r3", ReleaseRequest.of("production", passed("lib", "l1")));
        world.breaks((component, there) ->
                component.equals("web") && "a2".equals(there.get("api")) && "w2".equals(there.get("web")));
        Candidate api = submit("api", "a2");
        Candidate lib = submit("lib", "l2");
        Candidate web = submit("web", "w2");
        Outcome.Integrated outcome = (Outcome.Integrated) integrate("i");
        assertThat(outcome.rejected().candidate()).isEqualTo(web.number());
        assertThat(outcome.passed()).containsExactly(api.number(), lib.number());
        assertThat(state(api)).isEqualTo(state(lib)).isInstanceOf(CandidateState.Passed.class);
        assertThat(release(
                                "r4",
                                ReleaseRequest.of(
                                        "production", outcome.manifest().id()))
                        .good())
                .isTrue();
        assertThat(state(api)).isInstanceOf(CandidateState.Released.class);
    }

    @Test
    public void aReleaseThatFailsIsPutBackAndOneThatCannotBeIsTorn() {
        release("r", ReleaseRequest.of("production", passed("api", "a1")));
        release("r2", ReleaseRequest.of("production", passed("web", "w1")));
        book.candidates().submit("test", Map.of("api", Entry.of("a2"), "web", Entry.of("w2")));
        String manifest = ((Outcome.Integrated) integrate("i")).manifest().id();
        world.refuses("production:web:w2"::equals);
        Outcome outcome = release("r3", ReleaseRequest.of("production", manifest));
        assertThat(outcome).isInstanceOf(Outcome.PutBack.class);
        assertThat(outcome.told()).isEqualTo("web failed (exit 2); what was there before was put back");
        assertThat(world.in("production")).isEqualTo(Map.of("api", "a1", "web", "w1"));
        assertThat(head("production")).isEqualTo(Map.of("api", "a1", "web", "w1"));
        assertThat(condition("production")).isEqualTo(new Condition.Clean());
        world.refuses(r -> r.startsWith("production:web"));
        assertThat(release("r4", ReleaseRequest.of("production", manifest))).isInstanceOf(Outcome.Torn.class);
        Condition.Torn torn = (Condition.Torn) condition("production");
        assertThat(torn.places())
                .isEqualTo(Map.of("api", new Condition.Place("a1", "a1"), "web", new Condition.Place(null, "w1")));
        assertThatThrownBy(() -> release("r5", ReleaseRequest.of("production", manifest)))
                .hasMessageStartingWith(
                        "production is torn and frozen: web failed (exit 2); and putting back: web failed (exit 2)");
        world.refuses(r -> false);
        book.environments().unfreeze("production", "ann");
        assertThat(condition("production")).isInstanceOf(Condition.Dirty.class);
        assertThat(release("r6", ReleaseRequest.of("production", manifest)).good())
                .isTrue();
        assertThat(world.in("production")).isEqualTo(Map.of("api", "a2", "web", "w2"));
    }

    @Test
    public void whatSomebodyChangedByHandIsSeenByTheProbe() {
        release("r", ReleaseRequest.of("production", passed("api", "a1")));
        String manifest = passed("web", "w1");
        world.in("production").put("api", "by-hand");
        release("r2", ReleaseRequest.of("production", manifest));
        assertThat(world.in("production")).isEqualTo(Map.of("api", "a1", "web", "w1"));
    }

    @Test
    public void whatWasToldBeforeIsNotTakenTwice() {
        submit("api", "a1");
        Lease lease = take("test", "one");
        Works.Begun begun = book.works().integrate(lease, PLAN).orElseThrow();
        assertThat(book.works().integrate(lease, PLAN)).isEqualTo(Optional.of(begun));
        List<ActResult> results = new ArrayList<>();
        begun.work().acts().forEach(a -> results.add(world.does("test", a)));
        Works.Begun next = book.works().told(lease, begun.turn(), results);
        assertThat(book.works().told(lease, begun.turn(), results)).isEqualTo(next);
        assertThat(next.work().acts()).extracting(Act::kind).containsExactly(Act.Kind.RELEASE);
    }

    @Test
    public void allOfItIsInACopyOfTheLedger() throws Exception {
        String manifest = passed("api", "a1");
        release("r", ReleaseRequest.of("production", manifest));
        book.environments().approve("production", manifest, "bob");
        submit("web", "w1");
        Path copy = folder.newFolder().toPath().resolve("copy");
        LedgerCopy.backup(location, copy);
        List<EnvironmentStatus> before = book.environments().all();
        ledger.close();
        location = newLocation();
        LedgerCopy.restore(copy, location);
        ledger = Ledger.open(location, ControllerIdentity.begin("home", "http://here.example"), clock);
        book = new Book(ledger, clock, (handle, holder) -> false, Set.of());
        assertThat(book.environments().all()).isEqualTo(before);
        assertThat(book.environments().approval("production", manifest)).isPresent();
        assertThat(book.environments().verdict(manifest)).isPresent();
    }

    @Test
    public void aLeaseIsRenewedWhileItsHolderIsAliveAndLostWhenItIsNot() {
        book.environments().declare(List.of(EnvironmentRules.integration("test").leased(Duration.ofMinutes(3))));
        Lease lease = take("test", "one");
        clock.pass(Duration.ofMinutes(2));
        book.leases().renew("one"::equals);
        clock.pass(Duration.ofMinutes(2));
        book.leases().require(lease);

        clock.pass(Duration.ofMinutes(2));
        book.leases().renew(holder -> false);
        assertThat(take("test", "two").fence()).isEqualTo(2);
        assertThatThrownBy(() -> book.leases().require(lease)).isInstanceOf(LeaseLost.class);
    }

    @Test
    public void whoBeginsAgainHasWhatItHadBegunTakenFromItself() {
        Candidate candidate = submit("api", "a1");
        LeaseTurn first = book.leases().take("test", "one");
        Lease lease = ((LeaseTurn.Granted) first).lease();
        assertThat(book.leases().take("test", "one")).isEqualTo(first);
        assertThat(book.leases().take("test", "two")).isEqualTo(new LeaseTurn.Waiting("one", 1));
        book.works().integrate(lease, PLAN);
        assertThat(submit("api", "a1")).extracting(Candidate::number).isEqualTo(candidate.number());

        LeaseTurn again = book.leases().take("test", "one");

        assertThat(again).isEqualTo(new LeaseTurn.Waiting(null, 1));
        assertThat(condition("test")).isInstanceOf(Condition.Dirty.class);
        assertThat(state(candidate)).isInstanceOf(CandidateState.Waiting.class);
    }
}
