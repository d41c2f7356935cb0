package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The pages of an open controller, and what is done on them, over HTTP. */
public class ConsolePagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path suite;
    private LocalController controller;
    private Receiver receiver;
    private Http http;

    @Before
    public void start() throws Exception {
        home = folder.newFolder().toPath();
        suite = folder.newFolder("suite").toPath();
        receiver = new Receiver();
        controller = new Controllers(home).start(ConsoleSuite.in(suite));
        http = new Http(controller.url());
    }

    @After
    public void stop() {
        controller.close();
        receiver.close();
    }

    private Http.Answer page(String path) throws Exception {
        Http.Answer answer = http.get(path, ConsoleSuite.PAGE);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).as(path).startsWith("text/html");
        return answer;
    }

    private Http.Answer post(String path, Http.Answer page, String... form) throws Exception {
        StringBuilder body = new StringBuilder("console-form=" + ConsoleSuite.formToken(page));
        for (String one : form) {
            body.append('&').append(one);
        }
        return http.form(path, body.toString(), ConsoleSuite.PAGE);
    }

    private String submit(String job, Map<String, String> inputs) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, inputs);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private String id(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        return answer.header("Location").replaceFirst("^/promises/", "");
    }

    @Test
    public void aBrowserIsShownPagesAndAProgramIsAnsweredAsEver() throws Exception {
        String id = submit("greet", Map.of("NAME", "Ann"));
        http.settled(id, PATIENCE);

        for (String path :
                new String[] {"/", "/promises", "/promises/jobs", "/promises/jobs/greet", "/promises/" + id}) {
            assertThat(page(path).body()).as(path).contains("<!doctype html>", "<h1>");
            assertThat(http.get(path).header("Content-Type")).as(path).contains("json");
        }
        assertThat(http.get("/").status()).isEqualTo(404);
        Http.Answer asJavasClient =
                http.get("/promises/" + id, "Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2");
        assertThat(asJavasClient.json().path("state").asText()).isEqualTo("FULFILLED");
        Http.Answer nothing = http.get("/nowhere", ConsoleSuite.PAGE);
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.body()).contains("there is nothing at /nowhere", "To the promises");
    }

    @Test
    public void theListCountsSearchesAndTurnsPages() throws Exception {
        for (int i = 0; i < 51; i++) {
            submit("greet", Map.of("NAME", "Ann"));
        }
        String broken = submit("break", Map.of());
        http.settled(broken, PATIENCE);
        http.settled(submit("greet", Map.of("NAME", "Zoe")), PATIENCE);

        String first = page("/").body();
        assertThat(first).contains("<span>rejected</span> <b>1</b>", "<span>all</span> <b>53</b>", "Older promises");
        String next = first.replaceFirst("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(page(next).body()).contains("/promises/").doesNotContain("Older promises", broken);
        assertThat(page("/promises?state=rejected").body()).contains(broken, "exit code 3");
        assertThat(page("/promises?q=Zoe").body()).contains("1 found").doesNotContain(broken);
        assertThat(page("/promises?job=break").body()).contains(broken, "<span>all</span> <b>1</b>");
        assertThat(http.get("/promises?state=odd", ConsoleSuite.PAGE).status()).isEqualTo(400);
    }

    @Test
    public void aPromiseIsTold() throws Exception {
        String id = submit(
                "greet",
                Map.of("NAME", "Ann", "PASSWORD", "s3cret-word", "REPORT_URL", receiver.url("/nobody-is-here")));
        http.settled(id, PATIENCE);
        String told = page("/promises/" + id).body();

        assertThat(told)
                .contains("FULFILLED", "greeted", "REPORT_URL", "****", "the operator", "/promises/" + id + "/log");
        assertThat(told).doesNotContain("s3cret-word");
        Eventually.until("the receiver's answer", PATIENCE, () -> page("/promises/" + id)
                .body()
                .contains("HTTP 404"));
        assertThat(http.get("/promises/01ARZ3NDEKTSV4RRFFQ69G5FAV", ConsoleSuite.PAGE)
                        .status())
                .isEqualTo(404);
    }

    @Test
    public void anOrchestrationShowsItsWorkers() throws Exception {
        Path go = folder.getRoot().toPath().resolve("go");
        Files.createFile(go);
        String id = submit("tour", Map.of("GO", go.toString()));
        http.settled(id, PATIENCE);
        String told = page("/promises/" + id).body();

        assertThat(told).contains("phase greetings", "phase pause", "ann", "bob", "wait");
        String worker = http.get("/promises/" + id)
                .json()
                .at("/phases/0/workers/0/promise")
                .asText();
        assertThat(told).contains("/promises/" + worker + "/log");
        assertThat(page("/promises/" + worker).body())
                .contains("Orchestration", "/promises/" + id)
                .doesNotContain("Submit again");
        assertThat(http.get("/promises/" + id)
                        .json()
                        .at("/phases/0/workers/0/settled")
                        .asText())
                .startsWith("20");
    }

    @Test
    public void aJobIsSubmittedWithAForm() throws Exception {
        Http.Answer page = page("/promises/jobs/greet");
        assertThat(page.body())
                .contains("Greets somebody.", "Whom to greet.", "id=\"input-NAME\"", "type=\"password\"", "<textarea")
                .contains("<option value=\"warm\"", "value=\"1\"", "inputmode=\"numeric\"");

        String id = id(post(
                "/console/jobs/greet/submit",
                page,
                "NAME=Ann",
                "TIMES=2",
                "LETTER=a%0D%0Ab",
                "LOUD=",
                "TONE=",
                "PASSWORD="));

        assertThat(http.settled(id, PATIENCE).path("inputs").toString())
                .isEqualTo("{\"NAME\":\"Ann\",\"TIMES\":\"2\",\"LETTER\":\"a\\nb\"}");
    }

    @Test
    public void whatIsWrongInAFormIsToldAtItsFieldsAndNothingTypedIsLostButSecrets() throws Exception {
        Http.Answer page = page("/promises/jobs/greet");

        Http.Answer answer =
                post("/console/jobs/greet/submit", page, "NAME=", "TIMES=many", "TONE=cold", "PASSWORD=s3cret-word");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("NAME is required", "TIMES must be a whole number", "value=\"many\"")
                .contains("<option value=\"cold\" selected")
                .contains("aria-invalid=\"true\"", "problem-TIMES", "href=\"#input-NAME\"")
                .doesNotContain("s3cret-word");
        assertThat(http.get("/promises?state=all").json().path("count").asInt()).isZero();
    }

    @Test
    public void cancelRedeliverAndAgain() throws Exception {
        String id = submit("wait", Map.of("GO", "/never"));
        Http.Answer running = page("/promises/" + id);
        assertThat(running.body()).contains("Cancel").doesNotContain("Redeliver");

        assertThat(id(post("/console/promises/" + id + "/cancel", running))).isEqualTo(id);
        assertThat(http.settled(id, PATIENCE).path("state").asText()).isEqualTo("REJECTED");
        Http.Answer twice = post("/console/promises/" + id + "/cancel", running);
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.header("Content-Type")).startsWith("text/html");

        String told = submit("greet", Map.of("NAME", "Ann", "REPORT_URL", receiver.url("/ok")));
        receiver.await(1, PATIENCE);
        http.settled(told, PATIENCE);
        Http.Answer settled = page("/promises/" + told);
        assertThat(settled.body()).contains("Redeliver").doesNotContain(">Cancel<");
        assertThat(id(post("/console/promises/" + told + "/redeliver", settled)))
                .isEqualTo(told);
        receiver.await(2, PATIENCE);

        String again = id(post("/console/promises/" + told + "/again", settled));
        assertThat(again).isNotEqualTo(told);
        assertThat(http.settled(again, PATIENCE).at("/inputs/NAME").asText()).isEqualTo("Ann");
    }

    @Test
    public void versionsAreComparedRolledBackAndPruned() throws Exception {
        String old = http.get("/promises/jobs/break").json().path("latest").asText();
        controller.close();
        SuiteFolder changed = ConsoleSuite.in(suite).worker("break", "echo 'the lid is off' >&2; exit 4");
        controller = new Controllers(home).start(changed);
        http = new Http(controller.url());
        String latest = http.get("/promises/jobs/break").json().path("latest").asText();
        Http.Answer job = page("/promises/jobs/break");
        assertThat(job.body()).contains(old, latest, "Roll back");

        String diff =
                page("/console/jobs/break/diff?from=" + old + "&to=" + latest).body();
        assertThat(diff).contains("run.sh", "-echo 'the lid is off' &gt;&amp;2; exit 3", "exit 4");

        Http.Answer back = post("/console/jobs/break/rollback", job, "to=" + old);
        assertThat(back.status()).as(back.body()).isEqualTo(303);
        assertThat(http.get("/promises/jobs/break").json().path("latest").asText())
                .isEqualTo(old);

        assertThat(page("/console/prune").body()).contains("Nothing would go");
        assertThat(http.get("/console/prune?olderThan=soon", ConsoleSuite.PAGE).status())
                .isEqualTo(400);
        Eventually.until("old enough", PATIENCE, () -> page("/console/prune?olderThan=1s")
                .body()
                .contains("<li>" + latest + "</li>"));
        Http.Answer pruned = post("/console/prune", page("/console/prune?olderThan=1s"), "olderThan=1s");
        assertThat(pruned.body()).contains("These have gone", latest);
        assertThat(http.get("/promises/jobs/" + latest).status()).isEqualTo(404);
    }

    @Test
    public void healthAndAttentionAreTold() throws Exception {
        submit("greet", Map.of("NAME", "Ann", "REPORT_URL", receiver.url("/nobody-is-here")));

        assertThat(page("/console/health").body())
                .contains("of 4 busy", "Dispatch window", "called orchestration", "SQLite", controller.url());
        assertThat(page("/console/attention").body()).contains("Nothing needs anybody");
        Eventually.until("a receiver that fails is told of", PATIENCE, () -> page("/console/attention")
                .body()
                .contains("Stuck"));
        assertThat(page("/").body()).contains("1 needs attention");
    }

    @Test
    public void whatPagesAreShownWithIsServed() throws Exception {
        for (String file :
                new String[] {"elements.js", "watch.js", "timeline.js", "chart.js", "log.js", "time.js", "confirm.js"
                }) {
            assertThat(http.get("/console/assets/" + file).header("Content-Type"))
                    .startsWith("text/javascript");
        }
        Http.Answer style = http.get("/console/assets/console.css");
        assertThat(style.header("Content-Type")).startsWith("text/css");
        assertThat(http.get("/console/assets/console.css", "If-None-Match", style.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(http.get("/console/assets/..%2fconsole.css").status()).isNotEqualTo(200);
    }
}
