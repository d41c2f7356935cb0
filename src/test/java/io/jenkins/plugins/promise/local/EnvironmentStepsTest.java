package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** The steps about environments on a local controller, with real workers. */
public class EnvironmentStepsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLAN = "def plan = [api: [train: 1, probe: true, integration: true],"
            + " web: [train: 2, depends: ['api'], probe: true, integration: true]]\n";
    private static final String PERFORM =
            " { act -> worker job: 'act', as: act.component, inputs: [KIND: act.kind, COMPONENT: act.component,"
                    + " COMMIT: act.commit, WHERE: inputs.WHERE] }\n";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private Path home;
    private Path marks;
    private LocalController controller;
    private Http http;

    @Before
    public void prepare() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        home = folder.newFolder().toPath();
        marks = folder.newFolder().toPath();
        suite.worker("fence", "echo \"$PROMISE_FENCE\" >> " + marks + "/fences");
        suite.worker(
                "hold",
                "echo \"$PROMISE_FENCE\" >> " + marks + "/fences; until [ -e " + marks + "/go ]; do sleep 0.1; done");
        suite.orchestration("quick", "environment('test') { worker job: 'fence' }");
        suite.orchestration("slow", "environment('test') { worker job: 'hold' }");
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
    }

    private void start() throws IOException {
        start(EnvironmentRules.integration("test"), EnvironmentRules.after("production", "test"));
    }

    private void start(EnvironmentRules... rules) throws IOException {
        controller = new Controllers(home).start(suite);
        controller.declare(List.of(rules));
        http = new Http(controller.url());
    }

    private String submit(String job, String form) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private JsonNode report(String id) throws Exception {
        http.settled(id, PATIENCE);
        return http.get("/promises/" + id + "/report").json();
    }

    private String reason(String id) throws Exception {
        return report(id).path("reason").asText();
    }

    private JsonNode waitsFor(String id) throws Exception {
        return http.get("/promises/" + id).json().path("waitsFor");
    }

    private void awaitWaits(String id, String what) throws Exception {
        Eventually.until(
                id + " waits for " + what,
                PATIENCE,
                () -> waitsFor(id).path("what").asText().equals(what));
    }

    private List<String> fences() throws IOException {
        Path file = marks.resolve("fences");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void go() throws IOException {
        Files.createFile(marks.resolve("go"));
    }

    private JsonNode environment(String name) throws Exception {
        return http.get("/promises/environments/" + name).json();
    }

    @Test
    public void oneAfterTheOtherHasAnEnvironmentAndWhoWaitsSaysSo() throws Exception {
        start();
        String first = submit("slow", "");
        Eventually.until("it runs", PATIENCE, () -> fences().size() == 1);
        String second = submit("slow", "");
        awaitWaits(second, "lease");
        String third = submit("quick", "");
        awaitWaits(third, "lease");

        assertThat(waitsFor(third).path("before").asInt()).isEqualTo(2);
        assertThat(waitsFor(second).path("detail").asText())
                .isEqualTo("the lease of the environment test, which " + first + " has");
        assertThat(environment("test").path("lease").path("holder").asText()).isEqualTo(first);
        go();
        assertThat(reason(third)).isEqualTo("1 worker in 1 phase");
        assertThat(fences()).containsExactly("1", "2", "3");
        assertThat(environment("test").has("lease")).isFalse();
    }

    @Test
    public void whateverEndsAnOrchestrationGivesItsLeaseBack() throws Exception {
        suite.orchestration("fails", "environment('test') { error 'it broke' }");
        suite.orchestration("late", "environment('test') { worker job: 'hold' }", "deadline: 2s");
        suite.orchestration("timeout", "timeout(time: 1, unit: 'SECONDS') { environment('test') { sleep 60 } }");
        suite.orchestration("waits", "timeout(time: 1, unit: 'SECONDS') { environment('test') { sleep 60 } }");
        start();

        assertThat(reason(submit("fails", ""))).endsWith("it broke");
        assertThat(reason(submit("timeout", ""))).endsWith("the timeout passed");
        assertThat(reason(submit("late", ""))).startsWith("the deadline");
        String cancelled = submit("slow", "");
        Eventually.until("it runs", PATIENCE, () -> fences().size() == 2);
        assertThat(reason(submit("waits", ""))).endsWith("the timeout passed");
        assertThat(environment("test").path("waiting")).isEmpty();
        http.form("/promises/" + cancelled + "/cancel", "");
        assertThat(reason(submit("quick", ""))).isEqualTo("1 worker in 1 phase");
        // What was given back in order leaves it clean; who was ended in the middle of something does not.
        assertThat(environment("test").path("condition").path("is").asText()).isEqualTo("DIRTY");
    }

    @Test
    @Category(Whole.class)
    public void aLeaseLastsAsLongAsItsHolderWorks() throws Exception {
        suite.worker("long", "echo \"$PROMISE_FENCE\" >> " + marks + "/fences; sleep 7");
        suite.orchestration("longer", "environment('test') { worker job: 'long'\nworker job: 'fence' }");
        start(EnvironmentRules.integration("test").leased(Duration.ofSeconds(3)));
        String first = submit("longer", "");
        Eventually.until("it runs", PATIENCE, () -> fences().size() == 1);
        String second = submit("quick", "");

        assertThat(reason(first)).isEqualTo("2 workers in 2 phases");
        assertThat(reason(second)).isEqualTo("1 worker in 1 phase");
        assertThat(fences()).containsExactly("1", "1", "2");
    }

    @Test
    public void whoHasALeaseOrWaitsForOneGoesOnAfterARestart() throws Exception {
        start(EnvironmentRules.integration("test").leased(Duration.ofSeconds(4)));
        String first = submit("slow", "");
        Eventually.until("it runs", PATIENCE, () -> fences().size() == 1);
        String second = submit("quick", "");
        awaitWaits(second, "lease");
        Instant expires =
                Instant.parse(environment("test").path("lease").path("until").asText());
        controller.close();
        Eventually.until("the lease has expired: nobody else can have asked meanwhile", PATIENCE, () -> Instant.now()
                .isAfter(expires));
        go();
        controller = new Controllers(home).start(suite);
        http = new Http(controller.url());

        assertThat(reason(first)).isEqualTo("1 worker in 1 phase");
        assertThat(reason(second)).isEqualTo("1 worker in 1 phase");
        assertThat(fences()).containsExactly("1", "1", "2");
        assertThat(environment("test").path("condition").path("is").asText()).isEqualTo("CLEAN");
    }

    @Test
    public void anApprovalIsWaitedForAndIsOfOneManifest() throws Exception {
        suite.orchestration(
                "gated",
                "def wanted = manifest(environment: 'production', commits: [web: 'w' + inputs.N])\n"
                        + "approval environment: 'production', manifest: wanted\n"
                        + "report reason: wanted",
                "inputs: { N: {} }");
        start(
                EnvironmentRules.integration("test"),
                EnvironmentRules.after("production", "test").approved(null));
        String one = submit("gated", "N=1");
        String two = submit("gated", "N=2");
        awaitWaits(one, "approval");
        awaitWaits(two, "approval");
        assertThat(waitsFor(one).path("stuck").asBoolean()).isTrue();
        String detail = waitsFor(one).path("detail").asText();
        String manifest = detail.substring(detail.lastIndexOf(' ') + 1);

        Http.Answer approved =
                http.form("/promises/environments/production/approve?manifest=" + manifest + "&who=ann", "");
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);

        assertThat(reason(one)).isEqualTo(manifest);
        assertThat(waitsFor(two).path("what").asText()).isEqualTo("approval");
        assertThat(environment("production").has("lease")).isFalse();
    }

    @Test
    public void wrongUsesAreToldWithTheirLine() throws Exception {
        suite.orchestration("outside", "integrate([web: [train: 1]]) { act -> worker job: 'fence' }");
        suite.orchestration("twice", "environment('test') {\n    environment('test') { worker job: 'fence' }\n}");
        suite.orchestration("unknown", "environment('tset') { worker job: 'fence' }");
        suite.orchestration(
                "two",
                "candidate environment: 'test', commits: [web: 'w1']\n"
                        + "environment('test') { integrate([web: [train: 1]]) { act -> worker(job: 'fence')\n"
                        + "worker(job: 'fence', as: 'b') } }");
        suite.orchestration(
                "plan", "environment('test') { integrate([web: [tram: 1]]) { act -> worker job: 'fence' } }");
        suite.orchestration("empty", "environment('test') { candidate environment: 'test', commits: [web: ''] }");
        suite.orchestration("hole", "environment('test') { integrate([web: null]) { act -> worker job: 'fence' } }");
        start();

        assertThat(reason(submit("empty", ""))).endsWith("candidate: the commit of web is empty");
        assertThat(reason(submit("hole", ""))).contains("web");
        assertThat(reason(submit("outside", "")))
                .startsWith("jobs/outside/run.groovy line 1: integrate stands in the body of environment(");
        assertThat(reason(submit("twice", "")))
                .startsWith("jobs/twice/run.groovy line 2: this script has the environment 'test' already");
        assertThat(reason(submit("unknown", ""))).isEqualTo("there is no environment 'tset'; did you mean 'test'?");
        assertThat(reason(submit("two", "")))
                .contains("for each act the body declares one worker; for RELEASE of web it does not");
        assertThat(reason(submit("plan", ""))).contains("the plan says for each component train: a number");
    }

    @Test
    public void bodiesThatSayNothingAreRefused() throws Exception {
        start();
        for (String body : List.of("null", "{\"web\": null}", "{\"web\": \" \"}")) {
            Http.Answer answer = http.post(
                    "/promises/environments/test/candidates",
                    "application/json",
                    body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(body + ": " + answer.body()).isEqualTo(400);
        }
        assertThat(environment("test").path("candidates")).isEmpty();
    }

    private void worlds() {
        suite.worker(
                "act",
                """
                place=%s/$WHERE/$COMPONENT
                mkdir -p "${place%%/*}"
                case $KIND in
                    RELEASE) [ "$COMMIT" != bad ] && echo "$COMMIT" > "$place" ;;
                    PROBE) commit=$(cat "$place") || exit 1
                        printf '{"status": "SUCCESS", "data": {"commit": "%%s"}}' "$commit" > report.json ;;
                    INTEGRATION) ! grep -q breaks "${place%%/*}"/* || [ "$COMPONENT" != web ] ;;
                esac
                """
                        .formatted(marks),
                "inputs: { KIND: {}, COMPONENT: {}, COMMIT: {}, WHERE: {} }");
        suite.orchestration(
                "integrate",
                PLAN
                        + "def mine = candidate environment: 'test', commits: [api: inputs.API, web: inputs.WEB]\n"
                        + "def outcome = environment('test') { integrate(plan)" + PERFORM + " }\n"
                        + "report reason: outcome.told, data: [outcome: outcome,"
                        + " mine: candidate(environment: 'test', number: mine.number)]",
                "inputs: { API: {}, WEB: {}, WHERE: { default: test } }");
        suite.orchestration(
                "release",
                PLAN
                        + "def outcome = environment('production') { release(manifest: inputs.MANIFEST, plan: plan,"
                        + " rollback: inputs.BACK)" + PERFORM + " }\n"
                        + "report status: outcome.good ? 'SUCCESS' : 'FAILURE', reason: outcome.told",
                "inputs: { MANIFEST: {}, BACK: { type: boolean }, WHERE: { default: production } }");
    }

    @Test
    @Category(Whole.class)
    public void theModelSaysWhatIsDoneAndWorkersDoIt() throws Exception {
        worlds();
        start();

        JsonNode first = report(submit("integrate", "API=a1&WEB=w1"));
        assertThat(first.path("reason").asText()).endsWith("passed: api, web");
        String manifest = first.at("/data/mine/manifest").asText();
        assertThat(report(submit("release", "MANIFEST=" + manifest))
                        .path("status")
                        .asText())
                .isEqualTo("SUCCESS");
        assertThat(environment("production").at("/head/components/web/commit").asText())
                .isEqualTo("w1");
        assertThat(marks.resolve("production/web")).hasContent("w1");

        JsonNode broken = report(submit("integrate", "API=breaks"));
        assertThat(broken.path("reason").asText())
                .startsWith("rejected api breaks: web failed")
                .endsWith("without it that passes");
        assertThat(broken.at("/data/outcome/broke").toString()).isEqualTo("[\"web\"]");
        assertThat(broken.at("/data/mine/state").asText()).isEqualTo("REJECTED");
        assertThat(marks.resolve("test/api")).hasContent("a1");

        String second =
                report(submit("integrate", "WEB=w2")).at("/data/mine/manifest").asText();
        assertThat(reason(submit("release", "MANIFEST=" + second))).isEqualTo("manifest " + second + " is released");
        assertThat(reason(submit("release", "MANIFEST=" + manifest + "&BACK=true")))
                .isEqualTo("manifest " + manifest + " is released");
        assertThat(environment("production").at("/head/cause").asText()).isEqualTo("ROLLED_BACK");
        assertThat(marks.resolve("production/web")).hasContent("w1");
        assertThat(reason(submit("release", "MANIFEST=" + second)))
                .contains("was tested on head 1 of production, and head 3 is there now: integrate it again");
    }
}
