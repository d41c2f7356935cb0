package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.LeaseTurn;
import io.jenkins.plugins.promise.environment.World;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.ReleaseRequest;
import io.jenkins.plugins.promise.environment.book.Works;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code promise env} against a controller whose ledger has something released, something tested and something waiting. */
public class EnvironmentCommandTest {
    private static final Plan PLAN = new Plan(List.of(List.of("api")), Map.of(), Set.of("api"), Set.of("api"));

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private LocalController controller;
    private String released;
    private String tested;

    @Before
    public void start() throws IOException {
        home = folder.newFolder().toPath();
        try (Ledger ledger = Ledger.open(
                new LedgerLocation.Embedded(Home.open(home).ledger()),
                ControllerIdentity.begin("home", "http://here.example"),
                Clock.systemUTC())) {
            fill(new Book(ledger, Clock.systemUTC(), (handle, holder) -> false, Set.of()));
        }
        controller = new Controllers(home)
                .closed()
                .start(new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true"));
    }

    private void fill(Book book) {
        World world = new World();
        book.environments()
                .declare(List.of(EnvironmentRules.integration("test"), EnvironmentRules.after("production", "test")));
        released = integrated(book, world, "one", "a1");
        Lease lease = ((LeaseTurn.Granted) book.leases().ask("production", "two")).lease();
        finish(book, world, lease, book.works().release(lease, ReleaseRequest.of("production", released), PLAN));
        tested = integrated(book, world, "three", "a2");
        book.candidates().submit("test", Map.of("api", Entry.of("a3")));
    }

    private static String integrated(Book book, World world, String holder, String commit) {
        book.candidates().submit("test", Map.of("api", Entry.of(commit)));
        Lease lease = ((LeaseTurn.Granted) book.leases().ask("test", holder)).lease();
        finish(book, world, lease, book.works().integrate(lease, PLAN).orElseThrow());
        return book.environments().status("test").head().manifest().id();
    }

    private static void finish(Book book, World world, Lease lease, Works.Begun begun) {
        Works.Begun at = begun;
        while (!(at.work() instanceof Work.Ended)) {
            at = book.works()
                    .told(
                            lease,
                            at.turn(),
                            at.work().acts().stream()
                                    .map(a -> world.does(lease.environment(), a))
                                    .toList());
        }
        book.leases().giveBack(lease);
    }

    @After
    public void stop() {
        controller.close();
    }

    private Told env(String... arguments) {
        List<String> all = new ArrayList<>(List.of("env"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", home.toString()));
        return Told.by(all);
    }

    @Test
    public void whatIsWhereIsListedAndShown() {
        assertThat(env("list").out())
                .isEqualTo("test  " + tested + "  1 candidate\n" + "production  " + released + "\n");
        assertThat(env("show", "test").out())
                .isEqualTo("test  " + tested
                        + "  1 candidate\n  api  a2\ncandidate 3  WAITING  candidate 3 waits\n  api  a3\n");
        assertThat(env("diff", "production", "test").out()).isEqualTo("api  a1 → a2\n");
        assertThat(env("diff", tested, tested).out()).isEmpty();
        assertThat(env("history", "production").out()).startsWith("1  " + released + "  RELEASED  ");
        assertThat(env("show", "prodution").err()).contains("did you mean 'production'?");
        assertThat(env("show", "prodution").exit()).isEqualTo(2);
    }

    @Test
    public void theAnswerIsThereAsJson() throws IOException {
        var answer = Json.mapper().readTree(env("show", "production", "--json").out());
        assertThat(answer.at("/head/components/api/commit").asText()).isEqualTo("a1");
        assertThat(answer.at("/head/verdict/tested/0").asText()).isEqualTo("api");
        assertThat(answer.at("/condition/is").asText()).isEqualTo("CLEAN");
    }

    @Test
    public void anEnvironmentIsFrozenAndLiftedByWhomItSays() {
        assertThat(env("freeze", "production").err()).contains("--why REASON");
        assertThat(env("freeze", "production", "--why", "it is Christmas", "--who", "ann")
                        .out())
                .isEqualTo("production  " + released + "  frozen by ann: it is Christmas\n");
        assertThat(env("freeze", "production", "--lift").out()).isEqualTo("production  " + released + "\n");
    }

    @Test
    public void aManifestIsApprovedForOneEnvironment() {
        assertThat(env("approve", "production", tested, "--who", "bob").out())
                .isEqualTo(tested + " may go to production, says bob\n");
        assertThat(env("approve", "production", "0000").err()).contains("there is no manifest '0000'");
    }

    @Test
    public void environmentsAreDeclaredFromTheirFile() throws IOException {
        SuiteFolder shop = new SuiteFolder(folder.newFolder().toPath());
        shop.file(
                "api/component.yaml",
                "component: api\nrepository: https://git.example/api.git\nbuild: 'true'\ntest: 'true'\nrelease: 'true'\nenvironments: { test: {} }\n");
        shop.file("environments.yaml", "live: { after: test }\ntest: { integration: true, batch: true }\n");
        Told told = env("declare", shop.root().toString());
        assertThat(told.out()).as(told.err()).startsWith("live  nothing yet\n");
        assertThat(env("list").out()).contains("test  " + tested).contains("production  ");
    }

    @Test
    public void whoHasNoTokenLearnsAndChangesNothing() throws Exception {
        Http http = new Http(controller.url());
        for (String path : List.of("", "/production", "/nowhere", "/production/history", "/test/diff/production")) {
            assertThat(http.get("/promises/environments" + path).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(http.get("/promises/environments" + path, "Authorization", "Bearer wrong")
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(http.form("/promises/environments/production/freeze?why=x", "")
                        .status())
                .isEqualTo(401);
        assertThat(env("list").out()).doesNotContain("frozen");
    }

    @Test
    public void whatIsWrongIsAProblem() throws Exception {
        Http http = new Http(controller.url());
        String token = "Bearer " + controller.operatorToken();
        Http.Answer missing = http.form("/promises/environments/production/approve", "", "Authorization", token);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().path("detail").asText()).isEqualTo("the parameter manifest must be given");
        Http.Answer unknown = http.get("/promises/environments/nowhere", "Authorization", token);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("detail").asText()).contains("there is no environment 'nowhere'");
    }
}
