package io.jenkins.plugins.promise.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.ReleaseRequest;
import io.jenkins.plugins.promise.environment.book.Works;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.VirtualClock;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** Controllers that are killed before and after each write and each worker of a release and of an integration. */
public class KillTest {
    private static final Plan PLAN = new Plan(
            List.of(List.of("api"), List.of("web")),
            Map.of("web", Set.of("api")),
            Set.of("api", "web"),
            Set.of("api", "web"));
    private static final Map<String, String> OLD = Map.of("api", "a1", "web", "w1");
    private static final Map<String, String> NEW = Map.of("api", "a2", "web", "w2");

    /** In memory where there is such a place: what is asked here is not whether the disk keeps what it was given. */
    @Rule
    public TemporaryFolder folder = new TemporaryFolder(World.place());

    private final VirtualClock clock = new VirtualClock();
    private World world;
    private Path home;
    private Ledger ledger;
    private Book book;
    private String manifest;
    /** How many more steps are made before the kill; negative for none. */
    private int left = -1;

    private boolean oneIsGone;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void step() {
        if (left-- == 0) {
            throw new Killed();
        }
    }

    private void start() throws IOException {
        ledger = Ledger.open(EmbeddedLedger.in(home), ControllerIdentity.begin("home", "http://here.example"), clock);
        book = new Book(ledger, clock, (handle, holder) -> oneIsGone && holder.equals("one"), Set.of());
    }

    /** A production with the old components, and a manifest with newer ones that may be released. */
    private void prepare() throws IOException {
        world = new World();
        home = folder.newFolder().toPath();
        oneIsGone = false;
        left = -1;
        start();
        book.environments()
                .declare(List.of(EnvironmentRules.integration("test"), EnvironmentRules.after("production", "test")));
        run("before-1", "test", submitted("a1", "w1"));
        run("before-2", "production", request());
        run("before-3", "test", submitted("a2", "w2"));
    }

    private ReleaseRequest submitted(String api, String web) {
        book.candidates().submit("test", Map.of("api", Entry.of(api), "web", Entry.of(web)));
        return null;
    }

    private ReleaseRequest request() {
        return ReleaseRequest.of("production", manifest);
    }

    /** What a host does for one job, from its start or from where it was; null for the request is an integration. */
    private Outcome run(String holder, String environment, ReleaseRequest request) {
        step();
        Optional<Outcome> before = book.works().outcome(environment, holder);
        if (before.isPresent()) {
            // The lease may not have been given back.
            book.leases().withdraw(environment, holder);
            return before.get();
        }
        Lease lease = ((LeaseTurn.Granted) book.leases().ask(environment, holder)).lease();
        step();
        Works.Begun at = book.works()
                .current(lease)
                .orElseGet(() -> request == null
                        ? book.works().integrate(lease, PLAN).orElseThrow()
                        : book.works().release(lease, request, PLAN));
        step();
        while (!(at.work() instanceof Work.Ended)) {
            List<ActResult> results = new ArrayList<>();
            for (Act act : at.work().acts()) {
                step();
                results.add(world.does(environment, act));
                step();
            }
            at = book.works().told(lease, at.turn(), results);
            step();
        }
        book.leases().giveBack(lease);
        step();
        Outcome outcome = ((Work.Ended) at.work()).outcome();
        if (outcome instanceof Outcome.Integrated integrated) {
            manifest = integrated.manifest().id();
        }
        return outcome;
    }

    /** Runs it killed after so many steps, and starts another controller; false if it came to its end before. */
    private boolean killedAfter(int steps, String environment, ReleaseRequest request) throws IOException {
        left = steps;
        try {
            run("one", environment, request);
            left = -1;
            return false;
        } catch (Killed e) {
            ledger.close();
            start();
            return true;
        }
    }

    private Map<String, String> head(String environment) {
        Map<String, String> commits = new TreeMap<>();
        book.environments()
                .status(environment)
                .head()
                .manifest()
                .entries()
                .forEach((c, e) -> commits.put(c, e.commit()));
        return commits;
    }

    private Condition condition() {
        return book.environments().status("production").condition();
    }

    @After
    public void close() throws IOException {
        ledger.close();
    }

    @Test
    @Category(Whole.class)
    public void aReleaseThatGoesOnAfterAKillAnywhereComesToItsEnd() throws Exception {
        int kills = 0;
        boolean killed = true;
        while (killed) {
            prepare();
            killed = killedAfter(kills, "production", request());
            if (killed) {
                kills++;
                assertThat(run("one", "production", request()).good()).isTrue();
            }
            assertThat(head("production")).as("killed after step %s", kills).isEqualTo(NEW);
            assertThat(world.in("production")).isEqualTo(NEW);
            assertThat(condition()).isEqualTo(new Condition.Clean());
            ledger.close();
        }
        assertThat(kills).isGreaterThan(20);
    }

    @Test
    @Category(Whole.class)
    public void aReleaseThatNobodyGoesOnWithIsTakenBackByWhoComesNext() throws Exception {
        int kills = 0;
        boolean killed = true;
        int restored = 0;
        while (killed) {
            prepare();
            String wanted = manifest;
            killed = killedAfter(kills, "production", request());
            if (killed) {
                kills++;
                oneIsGone = true;
                Map<String, String> before = head("production");
                assertThat(before).isIn(OLD, NEW);
                // Who comes next wants what is there.
                String there = book.environments()
                        .status("production")
                        .head()
                        .manifest()
                        .id();
                Outcome outcome = run("two", "production", new ReleaseRequest("production", there, true, "ann", null));
                assertThat(outcome.good()).isTrue();
                assertThat(world.in("production"))
                        .as("killed after step %s", kills)
                        .isEqualTo(before);
                restored += before.equals(OLD) ? 1 : 0;
                assertThat(condition()).isEqualTo(new Condition.Clean());
                assertThat(wanted).isEqualTo(manifest);
            }
            ledger.close();
        }
        assertThat(restored).isGreaterThan(10);
    }

    @Test
    public void aReleaseThatFailsIsPutBackWhereverItIsKilled() throws Exception {
        int kills = 0;
        boolean killed = true;
        while (killed) {
            prepare();
            world.refuses("production:web:w2"::equals);
            killed = killedAfter(kills, "production", request());
            if (killed) {
                kills++;
                assertThat(run("one", "production", request())).isInstanceOf(Outcome.PutBack.class);
            }
            assertThat(head("production")).as("killed after step %s", kills).isEqualTo(OLD);
            assertThat(condition()).isEqualTo(new Condition.Clean());
            ledger.close();
        }
        assertThat(kills).isGreaterThan(30);
    }

    @Test
    @Category(Whole.class)
    public void whatCannotBePutBackIsTornAndSaysWhatIsWhereWhereverItIsKilled() throws Exception {
        int kills = 0;
        boolean killed = true;
        while (killed) {
            prepare();
            world.refuses(r -> r.startsWith("production:web:"));
            killed = killedAfter(kills, "production", request());
            if (killed) {
                kills++;
                assertThat(run("one", "production", request())).isInstanceOf(Outcome.Torn.class);
            }
            assertThat(((Condition.Torn) condition()).places())
                    .as("killed after step %s", kills)
                    .isEqualTo(Map.of("api", new Condition.Place("a1", "a1"), "web", new Condition.Place(null, "w1")));
            assertThat(head("production")).isEqualTo(OLD);
            ledger.close();
        }
        assertThat(kills).isGreaterThan(30);
    }

    @Test
    @Category(Whole.class)
    public void anIntegrationGoesOnAfterAKillAnywhere() throws Exception {
        int kills = 0;
        boolean killed = true;
        while (killed) {
            prepare();
            run("before-4", "production", request());
            world.breaks((component, there) -> component.equals("web") && "a3".equals(there.get("api")));
            submitted("a3", "w2");
            killed = killedAfter(kills, "test", null);
            if (killed) {
                kills++;
                run("one", "test", null);
            }
            assertThat(book.candidates().latest("test", 1).get(0).state())
                    .as("killed after step %s", kills)
                    .isInstanceOfSatisfying(CandidateState.Rejected.class, r -> assertThat(r.broke())
                            .containsExactly("web"));
            assertThat(head("test")).isEqualTo(NEW);
            assertThat(world.in("production")).isEqualTo(NEW);
            ledger.close();
        }
        assertThat(kills).isGreaterThan(25);
    }
}
