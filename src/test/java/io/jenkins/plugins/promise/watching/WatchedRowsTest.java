package io.jenkins.plugins.promise.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.EngineOfTest;
import io.jenkins.plugins.promise.testing.VirtualClock;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.Watch;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** What the ledger keeps of what is watched, on both engines. */
@RunWith(Parameterized.class)
public class WatchedRowsTest {
    private static final Branch MAIN = new Branch("/srv/shop.git", "main");

    @Parameterized.Parameter
    public String engine;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final VirtualClock clock = new VirtualClock();
    private Ledger ledger;
    private DeclaredComponents declared;
    private WatchedRows rows;

    @Parameterized.Parameters(name = "{0}")
    public static List<String> engines() {
        return EngineOfTest.ALL;
    }

    @Before
    public void open() throws Exception {
        LedgerLocation location = EngineOfTest.newLocation(engine, folder.newFolder());
        ledger = Ledger.open(location, ControllerIdentity.begin("home", "http://here.example"), clock);
        declared = new DeclaredComponents(ledger, clock);
        rows = new WatchedRows(ledger, clock);
    }

    @After
    public void close() throws Exception {
        ledger.close();
    }

    private static WatchedComponent component(String name, String branch) {
        return new WatchedComponent(
                name,
                MAIN.repository(),
                branch,
                List.of(Watch.of(name + "/**"), Watch.file(name)),
                List.of("lib"),
                List.of(name + "-build-test"),
                List.of(name + "-build-test"),
                List.of("test"));
    }

    private Instant since(String name) {
        return declared.all().get(name).since();
    }

    @Test
    public void whatIsDeclaredIsThereUntilItsSuiteIsMadeOfOthers() throws Exception {
        Instant first = clock.instant();
        declared.declare("shop", List.of(component("web", "main"), component("api", "main")), false);
        clock.pass(Duration.ofHours(1));
        declared.declare("shop", List.of(component("web", "main"), component("lib", "main")), false);
        assertThat(declared.all()).containsOnlyKeys("web", "lib");
        assertThat(declared.all().get("web").component()).isEqualTo(component("web", "main"));
        assertThat(since("web")).isEqualTo(first);
        assertThat(since("lib")).isAfter(first);

        assertThatThrownBy(() -> declared.declare("parts", List.of(component("web", "next")), false))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("the component web is of the suite shop; take it over with --take-over");
        assertThat(declared.suites()).containsEntry("web", "shop");
        declared.declare("parts", List.of(component("web", "next")), true);

        assertThat(declared.all()).containsOnlyKeys("web", "lib");
        assertThat(since("web")).isAfter(first);
        declared.declare("shop", List.of(), false);
        assertThat(declared.all()).containsOnlyKeys("web");
    }

    @Test
    public void whatTheCommandLineDeclaresIsReadAsItWas() throws Exception {
        WatchedComponent web = component("web", "main");
        declared.declare("shop", Json.mapper().writeValueAsBytes(List.of(web)), false, RepositoryPolicy.ANY);
        assertThat(declared.all().get("web").component()).isEqualTo(web);
        for (String bad : List.of("{}", "[null]", "[{\"name\": \"web\"}]", "no json", "null", "")) {
            assertThatThrownBy(() ->
                            declared.declare("shop", bad.getBytes(StandardCharsets.UTF_8), false, RepositoryPolicy.ANY))
                    .as(bad)
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("declaration of components");
        }
        for (String branch : List.of("", "-x", "a b", "a:b", "a*", "a^{}", "a\nb")) {
            assertThat(component("web", branch).problem()).as(branch).isPresent();
        }
        assertThat(component("web", "feature/ünder_way-1.x").problem()).isEmpty();
    }

    @Test
    public void aDeclarationThatCannotBeReadKeepsNoOtherFromBeingWatched() throws Exception {
        declared.declare("shop", List.of(component("web", "main")), false);
        for (String bad : List.of("{", "null", "{\"name\": \"bad\"}", "{\"name\": \"bad\", \"of\": \"the future\"}")) {
            var unused = ledger.written(handle -> {
                handle.execute("DELETE FROM declared_component WHERE component = 'bad'");
                return handle.execute(
                        "INSERT INTO declared_component (component, suite, definition, since) VALUES ('bad', 'x', ?, 0)",
                        bad);
            });

            assertThat(declared.all()).as(bad).containsOnlyKeys("web");
        }
    }

    @Test
    public void whatMayNotBeFetchedIsNotDeclared() throws Exception {
        byte[] web = Json.mapper().writeValueAsBytes(List.of(component("web", "main")));
        RepositoryPolicy others = new RepositoryPolicy(List.of("git.example", "/srv/other"));

        assertThatThrownBy(() -> declared.declare("shop", web, false, others))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "web: repository is in the folder /srv/shop.git, which is not among the allowed repositories");
        assertThat(declared.all()).isEmpty();
    }

    @Test
    public void onlyWhatBuildsAndTestsIsStartedByAPush() {
        WatchedComponent web = component("web", "main");
        for (String job : List.of("web-build-test-stage-release", "api-build-test", "web-build-test-deploy")) {
            WatchedComponent other = new WatchedComponent(
                    "web", web.repository(), "main", web.watch(), List.of(), List.of(job), List.of(), List.of());
            assertThat(other.problem()).as(job).isPresent();
        }
        assertThat(web.problem()).isEmpty();
    }

    @Test
    public void whatWentWrongLastStaysWhenAllIsWell() {
        rows.seen(MAIN, "a1", "nothing has changed");
        assertThat(rows.branch(MAIN).orElseThrow().error()).isNull();
        clock.pass(Duration.ofMinutes(1));
        Instant wrong = clock.instant();
        rows.failed(MAIN, "a1", "cannot be looked at");
        clock.pass(Duration.ofMinutes(1));
        rows.seen(MAIN, "a2", "web at a2");

        Watched.Seen seen = rows.branch(MAIN).orElseThrow();

        assertThat(seen)
                .isEqualTo(new Watched.Seen(
                        MAIN.repository(), "main", "a2", "web at a2", clock.instant(), "cannot be looked at", wrong));
    }
}
