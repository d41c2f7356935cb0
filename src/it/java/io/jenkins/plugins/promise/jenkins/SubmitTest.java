package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.build.PromiseWorkerBuild;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.testing.Receiver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every way a promise job can be asked for: who may, what is refused, and what becomes of it. */
public final class SubmitTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void secure() throws Exception {
        PromiseFixture.allowLoopback();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
        fixture.worker(
                "greet",
                "printf '{\"reason\": \"hello %s\"}' \"$NAME\" > report.json",
                PromiseFixture.input("NAME", "string", true),
                PromiseFixture.input("SECRET", "secret", false));
        fixture.orchestration(
                "quote",
                "report reason: \"for ${inputs.NAME}\", data: [count: inputs.COUNT]",
                PromiseFixture.input("NAME", "string", true),
                PromiseFixture.input("COUNT", "integer", false),
                PromiseFixture.input("REPORT", "callback", false));
    }

    @Test
    public void acceptedAnswersWithTheQueueUrlAndTheReportComesSigned() throws Exception {
        try (Receiver receiver = new Receiver()) {
            HttpResponse<String> answer = fixture.post(
                    "promises/submit/quote", "NAME=ann&COUNT=3&REPORT=" + receiver.url("/ok"), PromiseFixture.token());
            assertThat(answer.statusCode()).isEqualTo(201);
            JsonNode accepted = Json.mapper().readTree(answer.body());
            assertThat(answer.headers().firstValue("Location"))
                    .hasValue(accepted.path("queue").asText());
            String id = accepted.path("id").asText();
            assertThat(accepted.path("queue").asText()).matches(".*/queue/item/[0-9]+/|.*/promises/" + id + "/queue/");
            Receiver.Message report = receiver.await(1, Duration.ofSeconds(60)).get(0);
            assertThat(report.json().path("status").asText()).isEqualTo("SUCCESS");
            assertThat(report.json().path("reason").asText()).isEqualTo("for ann");
            assertThat(report.json().path("data").path("count").asInt()).isEqualTo(3);
            assertThat(report.signature()).startsWith("v1,");
        }
    }

    @Test
    public void everyViolationIsTold() throws Exception {
        HttpResponse<String> answer =
                fixture.post("promises/submit/quote", "COUNT=x&REPORT=ftp://a/b&NOPE=1", PromiseFixture.token());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.mapper().readTree(answer.body()).path("violations"))
                .extracting(v -> v.path("field").asText())
                .containsExactlyInAnyOrder("NAME", "COUNT", "REPORT", "NOPE");
        assertThat(Queue.getInstance().isEmpty()).isTrue();
    }

    @Test
    public void submitIsForTheTokenAndForBuilders() throws Exception {
        String form = "NAME=ann";
        assertThat(fixture.post("promises/submit/quote", form).statusCode()).isEqualTo(401);
        assertThat(fixture.post("promises/submit/nope", form).statusCode()).isEqualTo(401);
        assertThat(fixture.post("promises/submit/quote", form, "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.post("promises/submit/greet", form, PromiseFixture.token())
                        .statusCode())
                .as("a job without a token")
                .isEqualTo(403);
        assertThat(fixture.post("promises/submit/quote", form, fixture.user("reader"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.post("promises/submit/quote", form, fixture.user("stranger"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.post("promises/submit/quote", form, fixture.user("builder"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(fixture.post("promises/submit/quote", form, fixture.user("admin"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(fixture.post("promises/submit/quote", form + "&token=" + PromiseFixture.TOKEN)
                        .statusCode())
                .isEqualTo(201);
        jenkins.waitUntilNoActivity();
    }

    @Test
    public void promiseIsForTheTokenAndForReaders() throws Exception {
        String id = fixture.submit("quote", "NAME=ann");
        fixture.settled(id);
        for (String path : List.of("promises/" + id, "promises/" + id + "/report")) {
            assertThat(fixture.get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(fixture.get(path, "Authorization", "Bearer wrong").statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(fixture.get(path, fixture.user("stranger")).statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(fixture.get(path, fixture.user("reader")).statusCode())
                    .as(path)
                    .isEqualTo(200);
            assertThat(fixture.get(path, PromiseFixture.token()).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        for (String path : List.of("promises/" + id + "/cancel", "promises/" + id + "/redeliver")) {
            assertThat(fixture.get(path, fixture.user("admin")).statusCode())
                    .as("GET " + path)
                    .isEqualTo(405);
            assertThat(fixture.post(path, "").statusCode()).as(path).isIn(401, 403);
            assertThat(fixture.post(path, "", fixture.user("reader")).statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(fixture.post(path, "", fixture.user("admin")).statusCode())
                    .as("it is settled, and has no callbacks")
                    .isEqualTo(409);
        }
    }

    @Test
    public void deployingIsForWhoMayDeploy() throws Exception {
        for (String path : List.of("promises/deploy", "promises/prune", "promises/rollback/quote")) {
            assertThat(fixture.post(path, "").statusCode()).as(path).isIn(401, 403);
            assertThat(fixture.post(path, "", fixture.user("builder")).statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(fixture.get(path, fixture.user("admin")).statusCode())
                    .as("GET " + path)
                    .isIn(404, 405);
        }
        assertThat(fixture.get("promises/jobs/quote", fixture.user("stranger")).statusCode())
                .isEqualTo(404);
        assertThat(fixture.get("promises/", fixture.user("reader")).statusCode())
                .isEqualTo(200);
        assertThat(fixture.get("promises/").statusCode()).isEqualTo(401);
    }

    @Test
    public void sameKeyIsTheSamePromise() throws Exception {
        String[] headers = {"Authorization", "Bearer " + PromiseFixture.TOKEN, "Idempotency-Key", "k"};
        HttpResponse<String> first = fixture.post("promises/submit/quote", "NAME=ann", headers);
        HttpResponse<String> second = fixture.post("promises/submit/quote", "NAME=ann", headers);
        assertThat(Json.mapper().readTree(second.body()).path("id"))
                .isEqualTo(Json.mapper().readTree(first.body()).path("id"));
        assertThat(second.headers().firstValue("Idempotent-Replay")).hasValue("true");
        assertThat(fixture.post("promises/submit/quote", "NAME=bob", headers).statusCode())
                .isEqualTo(409);
        jenkins.waitUntilNoActivity();
        assertThat(jenkins.jenkins.getItemByFullName("quote", WorkflowJob.class).getBuilds())
                .hasSize(1);
    }

    @Test
    public void buildWithParametersIsHeldAgainstTheContractAndOpensAPromise() throws Exception {
        HttpResponse<String> refused = fixture.post("job/quote/buildWithParameters", "NAME=", fixture.user("builder"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("NAME is required");
        HttpResponse<String> accepted =
                fixture.post("job/quote/buildWithParameters", "NAME=ann", fixture.user("builder"));
        assertThat(accepted.statusCode()).isEqualTo(201);
        jenkins.waitUntilNoActivity();
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName("quote", WorkflowJob.class).getLastBuild();
        String id = run.getAction(BuildPromiseAction.class).getPromise();
        assertThat(fixture.settled(id).path("reason").asText()).isEqualTo("for ann");
    }

    @Test
    public void buildStepIsToldWhatIsWrong() throws Exception {
        WorkflowJob caller = jenkins.createProject(WorkflowJob.class, "caller");
        caller.setDefinition(new CpsFlowDefinition("worker job: 'greet', inputs: [NAM: 'ann']", true));
        caller.addProperty(PromiseFixture.contract());
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, caller);
        jenkins.assertLogContains("NAM is not an input of this job; did you mean 'NAME'?", run);
        jenkins.assertLogContains("NAME is required", run);
    }

    @Test
    public void commandLineIsToldWhatIsWrong() {
        CLICommandInvoker.Result refused =
                new CLICommandInvoker(jenkins, "build").asUser("builder").invokeWithArgs("quote", "-p", "COUNT=x");
        assertThat(refused.returnCode()).isNotZero();
        assertThat(refused.stderr()).contains("NAME is required").contains("COUNT must be a whole number");
    }

    @Test
    public void cancelledInTheQueueIsAFailure() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        String worker = queued("greet");
        Queue.Item item = Queue.getInstance().getItems()[0];
        Queue.getInstance().cancel(item);
        assertThat(fixture.settled(worker, fixture.user("admin")).path("reason").asText())
                .contains("cancelled in Jenkins' queue");
    }

    private String queued(String job) throws Exception {
        HttpResponse<String> answer =
                fixture.post("promises/submit/" + job, "NAME=ann&SECRET=hush", fixture.user("builder"));
        return Json.mapper().readTree(answer.body()).path("id").asText();
    }

    @Test
    public void deletedJobAndDeletedBuildSettle() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        String id = queued("greet");
        jenkins.jenkins.getItemByFullName("greet", PromiseWorker.class).delete();
        assertThat(fixture.settled(id, fixture.user("admin")).path("reason").asText())
                .containsAnyOf("was deleted", "cancelled in Jenkins' queue");
    }

    @Test
    public void secretIsNowhere() throws Exception {
        fixture.worker(
                "leak",
                "echo the secret is $SECRET; printf '{\"reason\": \"%s\"}' \"$SECRET\" > report.json",
                PromiseFixture.input("SECRET", "secret", true));
        HttpResponse<String> answer = fixture.post("promises/submit/leak", "SECRET=hushhush", fixture.user("builder"));
        String id = Json.mapper().readTree(answer.body()).path("id").asText();
        jenkins.waitUntilNoActivity();
        PromiseWorkerBuild build =
                jenkins.jenkins.getItemByFullName("leak", PromiseWorker.class).getLastBuild();
        jenkins.assertLogContains("the secret is ****", build);
        jenkins.assertLogNotContains("hushhush", build);
        String told = fixture.get("promises/" + id, fixture.user("admin")).body()
                + fixture.get("promises/" + id + "/report", fixture.user("admin"))
                        .body();
        assertThat(told).contains("****").doesNotContain("hushhush");
        assertThat(filesWith("hushhush")).isEmpty();
    }

    @Test
    public void secretOfAnOrchestrationIsNowhereEither() throws Exception {
        fixture.orchestration(
                "passes",
                "phase('one') { worker job: 'greet', inputs: [NAME: 'a', SECRET: inputs.SECRET] }\n"
                        + "worker job: 'greet', inputs: [NAME: 'b', SECRET: inputs.SECRET]",
                PromiseFixture.input("SECRET", "secret", true));
        JsonNode settled = fixture.settled(fixture.submit("passes", "SECRET=hushhush"));
        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
        jenkins.waitUntilNoActivity();
        assertThat(filesWith("hushhush")).isEmpty();
    }

    @Test
    public void secretThatAnOrchestrationHasFromElsewhereIsNowhereEither() throws Exception {
        fixture.orchestration(
                "passes",
                "def got = ['hush', 'hush'].join('')\n"
                        + "phase('one') { worker job: 'greet', inputs: [NAME: 'a', SECRET: got] }");
        JsonNode settled = fixture.settled(fixture.submit("passes", ""));
        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
        jenkins.waitUntilNoActivity();
        assertThat(filesWith("hushhush")).isEmpty();
    }

    @Test
    public void secretThatIsReportedIsNowhereEither() throws Exception {
        fixture.orchestration(
                "tells",
                "report reason: \"it is ${inputs.SECRET}\", data: [said: [inputs.SECRET, 1]]",
                PromiseFixture.input("SECRET", "secret", true));
        JsonNode settled = fixture.settled(fixture.submit("tells", "SECRET=hushhush"));
        assertThat(settled.path("reason").asText()).isEqualTo("it is ****");
        jenkins.waitUntilNoActivity();
        assertThat(filesWith("hushhush")).isEmpty();
    }

    /** The files of the controller, but for those of workspaces, in which a text stands in clear. */
    private List<String> filesWith(String text) throws IOException {
        Path home = jenkins.jenkins.getRootDir().toPath();
        List<String> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(home)) {
            files = all.filter(Files::isRegularFile)
                    .filter(f -> !home.relativize(f).startsWith("workspace"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                found.add(home.relativize(file).toString());
            }
        }
        return found;
    }
}
