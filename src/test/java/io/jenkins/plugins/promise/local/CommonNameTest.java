package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What belongs to a common name and not to one of its versions: who may submit it, and whose it is. */
public class CommonNameTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger STORE = Logger.getLogger(LedgerVersions.class.getName());

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final SuiteReader reader = new SuiteReader(new OrchestrationCompiler());
    private Path home;
    private SuiteFolder suite;
    private LocalController controller;
    private Http http;

    @Before
    public void start() throws Exception {
        home = folder.newFolder().toPath();
        restart();
        suite = suite("ours", "echo 1");
    }

    private void restart() throws Exception {
        SuiteFolder idle = new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true");
        controller = new Controllers(home).closed().start(idle);
        http = new Http(controller.url());
    }

    @After
    public void stop() {
        STORE.setLevel(null);
        controller.close();
    }

    private SuiteFolder suite(String name, String script) throws IOException {
        return new SuiteFolder(folder.newFolder().toPath())
                .file("suite.yaml", "name: " + name + "\n")
                .worker("one", script, "token: ${ONE_TOKEN}");
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private Http.Answer deploy(SuiteFolder from, String token, String query) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SuiteCompiler(reader, token == null ? Map.of() : Map.of("ONE_TOKEN", token))
                .compile(reader.read(from.root()))
                .write(out);
        return http.post(
                "/promises/deploy" + query, "application/zip", out.toByteArray(), bearer(controller.operatorToken()));
    }

    private JsonNode deployed(SuiteFolder from, String token) throws Exception {
        Http.Answer answer = deploy(from, token, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private int status(String path, String token) throws Exception {
        return http.get(path, bearer(token)).status();
    }

    private int submitted(String job, String token) throws Exception {
        return http.form("/promises/submit/" + job, "", bearer(token)).status();
    }

    @Test
    public void aNewTokenReplacesTheOldOneForAllVersionsAndForWhatWasAcceptedBefore() throws Exception {
        JsonNode first = deployed(suite, "old");
        String oldVersion = first.at("/versions/0/version").asText();
        assertThat(first.path("tokens")).extracting(JsonNode::asText).containsExactly("one");
        String accepted = http.form("/promises/submit/one", "", bearer("old"))
                .json()
                .path("id")
                .asText();
        suite.worker("one", "echo 2", "token: ${ONE_TOKEN}");

        JsonNode second = deployed(suite, "new");

        assertThat(second.path("tokens")).hasSize(1);
        assertThat(submitted(oldVersion, "old")).isEqualTo(403);
        assertThat(submitted("one", "old")).isEqualTo(403);
        assertThat(status("/promises/" + accepted, "old")).isEqualTo(403);
        assertThat(submitted(oldVersion, "new")).isEqualTo(201);
        assertThat(submitted("one", "new")).isEqualTo(201);
        assertThat(status("/promises/" + accepted, "new")).isEqualTo(200);
    }

    @Test
    public void aTokenChangesAloneAndStaysWhereNoneIsGivenAndOverARestart() throws Exception {
        deployed(suite, "old");
        JsonNode onlyToken = deployed(suite, "new");
        assertThat(onlyToken.at("/versions/0/change").asText()).isEqualTo("UNCHANGED");
        assertThat(onlyToken.path("tokens")).hasSize(1);
        assertThat(submitted("one", "new")).isEqualTo(201);
        assertThat(submitted("one", "old")).isEqualTo(403);

        assertThat(deployed(suite, null).path("tokens")).isEmpty();
        assertThat(submitted("one", "new")).isEqualTo(201);
        controller.close();
        restart();
        assertThat(submitted("one", "new")).isEqualTo(201);
        assertThat(submitted("one", "old")).isEqualTo(403);
    }

    @Test
    public void aRefusedDeploymentReplacesNoToken() throws Exception {
        deployed(suite, "old");
        SuiteFolder other = suite("theirs", "echo 2");

        assertThat(deploy(other, "new", "").status()).isEqualTo(409);

        assertThat(submitted("one", "old")).isEqualTo(201);
        assertThat(submitted("one", "new")).isEqualTo(403);
    }

    @Test
    public void anotherSuiteTakesAJobOverOnlyIfItIsTold() throws Exception {
        deployed(suite, "old");
        SuiteFolder other = suite("theirs", "echo 2").worker("own", "true");

        for (String query : new String[] {"", "?dryRun=true", "?takeOver=false"}) {
            Http.Answer refused = deploy(other, null, query);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("detail").asText())
                    .contains("one is of the suite 'ours'", "this is the suite 'theirs'", "--take-over")
                    .doesNotContain("own");
        }
        assertThat(deploy(other, null, "?takeOver=yes").status()).isEqualTo(400);
        assertThat(submitted("own", controller.operatorToken())).isEqualTo(404);

        Http.Answer plan = deploy(other, null, "?takeOver=true&dryRun=true");
        assertThat(plan.json().at("/takeOvers/0").toString())
                .isEqualTo("{\"name\":\"one\",\"from\":\"ours\",\"to\":\"theirs\"}");
        assertThat(deploy(other, null, "?takeOver=true").status()).isEqualTo(200);
        assertThat(submitted("one", "old")).as("its callers stay its callers").isEqualTo(201);
        assertThat(deploy(other, null, "").status()).isEqualTo(200);
        assertThat(deploy(suite, null, "").json().path("detail").asText()).contains("one is of the suite 'theirs'");
    }

    @Test
    public void aVersionThatCannotBeReadStopsNoStartAndItsOpenPromisesSayWhy() throws Exception {
        String operator = controller.operatorToken();
        SuiteFolder held = suite("ours", "sleep 60").worker("good", "true");
        JsonNode plan = deployed(held, null);
        String version = plan.at("/versions/1/version").asText();
        assertThat(version).startsWith("one-");
        String open = http.form("/promises/submit/one", "", bearer(operator))
                .json()
                .path("id")
                .asText();
        controller.close();
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("ledger/ledger.db"));
                PreparedStatement damage =
                        ledger.prepareStatement("UPDATE version SET description = ? WHERE version = ?")) {
            damage.setString(1, "{\"version\":");
            damage.setString(2, version);
            assertThat(damage.executeUpdate()).isEqualTo(1);
        }
        STORE.setLevel(Level.OFF);

        restart();

        JsonNode settled = http.settled(open, PATIENCE, bearer(operator));
        assertThat(settled.path("state").asText()).isEqualTo("REJECTED");
        assertThat(settled.path("reason").asText())
                .contains("the version " + version + " cannot be read: version.json: line 1");
        assertThat(submitted("good", operator)).isEqualTo(201);
        Http.Answer unusable = http.form("/promises/submit/one", "", bearer(operator));
        assertThat(unusable.status()).isEqualTo(503);
        assertThat(unusable.body()).contains("cannot be read");
        JsonNode jobs = http.get("/promises/jobs", bearer(operator)).json();
        assertThat(jobs.at("/broken/0/version").asText()).isEqualTo(version);
        assertThat(jobs.path("broken")).hasSize(1);

        assertThat(deployed(held, null).at("/versions/1/change").asText()).isEqualTo("NEW");
        assertThat(submitted("one", operator)).isEqualTo(201);
        assertThat(http.get("/promises/jobs", bearer(operator)).json().path("broken"))
                .isEmpty();
    }
}
