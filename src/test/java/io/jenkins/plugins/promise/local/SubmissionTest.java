package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What may be submitted, by whom, and what is answered; through real HTTP. */
public class SubmissionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String[] AUTH = {"Authorization", "Bearer s3cret"};

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LocalController controller;
    private Http http;
    private Path home;

    @Before
    public void start() throws Exception {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "greet",
                        "echo \"hello $NAME\"; echo '{\"data\": {\"count\": '$COUNT'}}' > report.json",
                        "inputs:",
                        "  NAME: { required: true, pattern: '[a-z]+' }",
                        "  COUNT: { type: integer, default: 1 }",
                        "  WHERE: { type: callback, receives: report }",
                        "token: ${GREET_TOKEN}")
                .worker("closed", "true")
                .worker("other", "true", "token: ${OTHER_TOKEN}");
        home = folder.newFolder().toPath();
        controller = new Controllers(home)
                .closed()
                .variable("GREET_TOKEN", "s3cret")
                .variable("OTHER_TOKEN", "other")
                .start(suite);
        http = new Http(controller.url());
    }

    @After
    public void stop() {
        controller.close();
    }

    private void assertNothingStored() throws Exception {
        assertThat(http.get("/promises?state=all", "Authorization", "Bearer " + controller.operatorToken())
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        try (Stream<Path> files = Files.list(home.resolve("runs"))) {
            assertThat(files).isEmpty();
        }
    }

    private void assertProblem(Http.Answer answer, int status, String... parts) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
        for (String part : parts) {
            assertThat(answer.body()).contains(part);
        }
        assertNothingStored();
    }

    @Test
    public void whoSubmittedIsKeptAndTold() throws Exception {
        String operator = "Bearer " + controller.operatorToken();
        String byToken = http.form("/promises/submit/greet", "NAME=ann", AUTH)
                .json()
                .path("id")
                .asText();
        String byOperator = http.form(
                        "/buildByToken/buildWithParameters?job=greet&token=" + controller.operatorToken(), "NAME=bob")
                .header("Location");
        JsonNode told = http.get("/promises/" + byToken, AUTH).json().path("submitter");
        assertThat(told.path("kind").asText()).isEqualTo("token");
        assertThat(told.path("name").asText()).isEqualTo("127.0.0.1");
        assertThat(byOperator).isNotNull();
        assertThat(http.get("/promises?state=all", "Authorization", operator)
                        .json()
                        .path("promises"))
                .extracting(p -> p.path("submitter").path("kind").asText())
                .containsExactly("operator", "token");
    }

    @Test
    public void acceptsAFormAndAnswersAsTheDesignHasIt() throws Exception {
        Http.Answer answer = http.form("/promises/submit/greet", "NAME=ann&COUNT=3", AUTH);

        assertThat(answer.status()).isEqualTo(201);
        JsonNode body = answer.json();
        assertThat(answer.header("Location"))
                .matches(controller.url() + "/queue/item/[0-9]+/")
                .isEqualTo(body.path("queue").asText());
        assertThat(body.path("job").asText()).isEqualTo("greet");
        assertThat(body.path("version").asText()).matches("greet-dev-[0-9a-f]{12}");
        String id = body.path("id").asText();
        assertThat(body.path("status").asText()).isEqualTo(controller.url() + "/promises/" + id);
        http.settled(id, PATIENCE, AUTH);
        JsonNode report = http.get("/promises/" + id + "/report", AUTH).json();
        assertThat(report.path("status").asText()).isEqualTo("SUCCESS");
        assertThat(report.at("/data/count").asInt()).isEqualTo(3);
        assertThat(report.at("/log/tail/0").asText()).isEqualTo("hello ann");
        assertThat(http.get("/promises/" + id + "/log", AUTH).body()).isEqualTo("hello ann\n");
        String item = answer.header("Location").substring(controller.url().length()) + "api/json";
        assertThat(http.get(item).status()).isEqualTo(401);
        assertThat(http.get(item + "?token=wrong").status()).isEqualTo(403);
        for (String path : List.of(item, "/promises/" + id + "/queue/api/json", "/promises/" + id + "/queue/")) {
            assertThat(http.get(path, AUTH).json().at("/executable/url").asText())
                    .as(path)
                    .isEqualTo(controller.url() + "/promises/" + id);
        }
    }

    @Test
    public void acceptsJsonTheParameterTokenAndBuildTokenRootsUrl() throws Exception {
        assertThat(http.json("/promises/submit/greet?token=s3cret", "{\"NAME\": \"ann\", \"COUNT\": 2}")
                        .status())
                .isEqualTo(201);
        assertThat(http.form("/promises/submit/greet", "NAME=ann&token=s3cret").status())
                .isEqualTo(201);
        Http.Answer answer =
                http.form("/buildByToken/buildWithParameters?job=greet&token=s3cret&delay=0sec", "NAME=ann");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).contains("/queue/item/");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    public void tellsAllViolationsAtOnce() throws Exception {
        Http.Answer answer =
                http.form("/promises/submit/greet", "NAME=ANN&COUNT=x&COUTN=1&WHERE=http://127.0.0.1/x&COUNT=2", AUTH);

        assertProblem(answer, 400);
        assertThat(answer.json().path("violations"))
                .extracting(
                        v -> v.path("field").asText() + " " + v.path("message").asText())
                .containsExactlyInAnyOrder(
                        "COUNT is given more than once",
                        "COUTN is not an input of this job; did you mean 'COUNT'?",
                        "NAME must match [a-z]+",
                        "COUNT must be a whole number such as 42",
                        "WHERE leads to 127.0.0.1, a loopback address (127.0.0.0/8); an administrator can allow the host");
        assertProblem(http.form("/promises/submit/greet", "", AUTH), 400, "NAME", "is required");
        assertProblem(http.form("/promises/submit/greet", "NAME=", AUTH), 400, "is required");
        assertProblem(
                http.form("/buildByToken/buildWithParameters", "job=greet&token=s3cret&NAME=1", AUTH), 400, "[a-z]+");
    }

    @Test
    public void refusesBodiesThatCannotBeRead() throws Exception {
        assertProblem(http.form("/promises/submit/greet", "NAME=%zz", AUTH), 400, "percent-encoding");
        assertProblem(http.form("/promises/submit/greet", "NAME=%ff", AUTH), 400, "UTF-8");
        for (String path : List.of("/promises/submit/greet", "/buildByToken/build", "/promises/deploy")) {
            assertProblemForLine("POST " + path + "?token=%zz HTTP/1.1");
            assertProblemForLine("POST " + path + "?job=%zz HTTP/1.1");
        }
        assertProblem(http.json("/promises/submit/greet", "{\"NAME\": ", AUTH), 400, "broken JSON", "line 1");
        assertProblem(http.json("/promises/submit/greet", "{\"NAME\": [\"a\"]}", AUTH), 400, "not an object or array");
        assertProblem(
                http.json("/promises/submit/greet", "{\"NAME\": \"a\", \"NAME\": \"b\"}", AUTH), 400, "more than once");
        assertProblem(http.json("/promises/submit/greet", "{\"A\":".repeat(10_000), AUTH), 400, "nesting");
        assertProblem(
                http.post("/promises/submit/greet", "application/json", new byte[] {'{', (byte) 0xff}, AUTH),
                400,
                "UTF-8");
        assertProblem(http.post("/promises/submit/greet", "text/xml", new byte[] {'<'}, AUTH), 400, "Content-Type");
    }

    @Test
    public void refusesTenMegabytes() throws Exception {
        byte[] body = ("NAME=" + "a".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8);
        try {
            assertProblem(
                    http.post("/promises/submit/greet", "application/x-www-form-urlencoded", body, AUTH),
                    413,
                    "1048576 bytes");
        } catch (IOException e) {
            // The answer was there before the client had sent all; some clients then see only the closed connection.
            assertNothingStored();
        }
        assertThat(http.form("/promises/submit/greet", "NAME=ann", AUTH).status())
                .isEqualTo(201);
    }

    @Test
    public void asksForTheJobsToken() throws Exception {
        Http.Answer none = http.form("/promises/submit/greet", "NAME=ann");
        assertProblem(none, 401, "token is needed");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertProblem(http.form("/promises/submit/greet", "NAME=ann&token="), 401);
        assertProblem(http.form("/promises/submit/greet", "NAME=ann", "Authorization", "Bearer "), 401);
        assertProblem(http.form("/promises/submit/greet", "NAME=ann", "Authorization", "Basic czNjcmV0"), 401);
        assertProblem(http.form("/promises/submit/greet", "NAME=ann", "Authorization", "Bearer wrong"), 403);
        assertProblem(http.form("/promises/submit/greet", "NAME=ann&token=wrong"), 403);
        assertProblem(http.form("/promises/submit/closed", "token=s3cret"), 403, "does not open");
        assertProblem(http.form("/buildByToken/buildWithParameters", "job=greet&NAME=ann&token=wrong"), 403);
        assertProblem(http.get("/promises"), 401);
        assertProblem(http.get("/promises/jobs", AUTH), 403);
    }

    @Test
    public void asksForATokenAlsoToSeeAndHandlePromises() throws Exception {
        String id = http.form("/promises/submit/greet", "NAME=ann", AUTH)
                .json()
                .path("id")
                .asText();
        http.settled(id, PATIENCE, AUTH);
        for (String path : List.of("", "/report", "/log")) {
            assertThat(http.get("/promises/" + id + path).status()).as(path).isEqualTo(401);
            assertThat(http.get("/promises/" + id + path + "?token=wrong").status())
                    .isEqualTo(403);
            assertThat(http.get("/promises/" + id + path + "?token=s3cret").status())
                    .isEqualTo(200);
        }
        assertThat(http.form("/promises/" + id + "/cancel", "").status()).isEqualTo(401);
        assertThat(http.form("/promises/" + id + "/redeliver", "").status()).isEqualTo(401);
        String[] operator = {"Authorization", "Bearer " + controller.operatorToken()};
        assertThat(http.get("/promises?state=closed", operator)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(http.get("/promises/jobs", operator)
                        .json()
                        .at("/jobs/1/contract/required/0")
                        .asText())
                .isEqualTo("NAME");
        assertThat(http.form("/promises/" + id + "/cancel", "", operator).status())
                .isEqualTo(409);
    }

    @Test
    public void whoHasNoRightLearnsNotWhetherAJobAPromiseOrAQueueItemIsThere() throws Exception {
        Http.Answer accepted = http.form("/promises/submit/greet", "NAME=ann", AUTH);
        String id = accepted.json().path("id").asText();
        String version = accepted.json().path("version").asText();
        String item = accepted.header("Location").substring(controller.url().length());
        String gone = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
        for (String[] token : List.of(new String[0], new String[] {"Authorization", "Bearer wrong"}, new String[] {
            "Authorization", "Bearer other"
        })) {
            int status = token.length == 0 ? 401 : 403;
            Set<String> answers = new HashSet<>();
            for (String path : List.of("greet", version, "gret", "closed", "greet-v1-abcdef0")) {
                answers.add(told(status, http.form("/promises/submit/" + path, "NAME=ann", token)));
                answers.add(told(status, http.json("/promises/submit/" + path, "{", token)));
                answers.add(told(status, http.form("/buildByToken/build?job=" + path, "NAME=ann", token)));
                answers.add(told(status, http.get("/promises/jobs/" + path, token)));
                answers.add(told(status, http.form("/promises/rollback/" + path, "", token)));
            }
            for (String promise : List.of(id, gone, "nothing")) {
                for (String part : List.of("", "/report", "/log", "/queue/api/json")) {
                    answers.add(told(status, http.get("/promises/" + promise + part, token)));
                }
                answers.add(told(status, http.form("/promises/" + promise + "/cancel", "", token)));
                answers.add(told(status, http.form("/promises/" + promise + "/redeliver", "", token)));
            }
            for (String queued : List.of(item, "/queue/item/999999/", "/queue/item/x/")) {
                answers.add(told(status, http.get(queued + "api/json", token)));
            }
            answers.add(told(status, http.get("/promises?state=wrong", token)));
            answers.add(told(status, http.get("/promises/jobs", token)));

            assertThat(answers).as(String.join(" ", token)).hasSize(1);
        }
    }

    @Test
    public void aTokenOpensNoOtherJobThatIsNamedBesideItsOwn() throws Exception {
        assertProblem(http.form("/buildByToken/build?job=greet&token=s3cret", "job=other"), 400, "NAME");
        assertProblem(http.form("/buildByToken/build", "job=greet&job=other&token=s3cret"), 400, "NAME");
        assertProblem(
                http.form("/buildByToken/build?job=other", "job=greet&token=s3cret"),
                400,
                "in the URL and in the body");
        assertProblem(
                http.form("/buildByToken/build?job=greet&token=wrong", "token=s3cret&NAME=ann"),
                403,
                "secrets-*/operator-token of the controller's home");
    }

    private static String told(int status, Http.Answer answer) {
        assertThat(answer.status()).as(answer.response() + answer.body()).isEqualTo(status);
        return answer.body();
    }

    @Test
    public void refusesUnknownJobsAndPathsOutside() throws Exception {
        String[] operator = {"Authorization", "Bearer " + controller.operatorToken()};
        assertProblem(http.form("/promises/submit/gret", "NAME=ann", operator), 404, "did you mean 'greet'?");
        assertProblem(http.form("/promises/submit/greet-v1-abcdef0", "NAME=ann", operator), 404);
        assertProblem(http.form("/buildByToken/build?job=gret", "NAME=ann", operator), 404, "did you mean 'greet'?");
        assertProblem(http.get("/promises/jobs/nope", operator), 404);
        assertProblem(http.get("/promises/01HZZZZZZZZZZZZZZZZZZZZZZZ", operator), 404);
        assertProblem(http.get("/queue/item/999999/api/json", operator), 404);
        assertProblem(http.get("/queue/item/x/api/json", operator), 404);
        assertProblem(http.get("/nothing/here"), 404);
        Http.Answer wrong = http.get("/promises/submit/greet", AUTH);
        assertProblem(wrong, 405, "GET is not for /promises/submit/greet; ask with POST");
        assertThat(wrong.header("Allow")).isEqualTo("POST");
        for (String path : List.of(
                "/promises/submit/..%2f..%2fetc%2fpasswd",
                "/promises/submit/%2e%2e",
                "/promises/..%2f..%2foperator-token",
                "/promises/%2e%2e%2foperator-token/report",
                "/promises/%00",
                "/promises/%zz",
                "/promises/jobs/..%5c..%5cx")) {
            assertProblemForLine("GET " + path + " HTTP/1.1");
        }
        assertNothingStored();
    }

    /** Sends a request line as it is, which Java's client would not, and checks that the answer is a 4xx problem. */
    private void assertProblemForLine(String requestLine) throws Exception {
        int port = Integer.parseInt(controller.url().replaceAll(".*:", ""));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write((requestLine + "\r\nHost: 127.0.0.1:" + port
                            + "\r\nAuthorization: Bearer s3cret\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as(requestLine).matches("(?s)HTTP/1.1 40[0-9] .*");
            assertThat(answer).as(requestLine).containsIgnoringCase("application/problem+json");
            assertThat(answer).doesNotContain("Exception", controller.operatorToken());
        }
    }

    @Test
    public void acceptsARepeatedKeyOnce() throws Exception {
        String[] keyed = {"Authorization", "Bearer s3cret", "Idempotency-Key", "order 7"};
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Http.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> http.form("/promises/submit/greet", "NAME=ann", keyed));
        }
        List<Http.Answer> answers = new ArrayList<>();
        for (Future<Http.Answer> future : threads.invokeAll(calls)) {
            answers.add(future.get());
        }
        threads.shutdown();

        assertThat(answers).extracting(Http.Answer::status).containsOnly(201);
        assertThat(answers)
                .extracting(a -> a.json().path("id").asText())
                .containsOnly(answers.get(0).json().path("id").asText());
        assertThat(answers.stream().filter(a -> a.header("Idempotent-Replay").isEmpty()))
                .hasSize(1);
        assertThat(http.form("/promises/submit/greet", "NAME=bob", keyed).status())
                .isEqualTo(409);
        // What counts is what was given: the default is the contract's, and may change with a deployment.
        assertThat(http.form("/promises/submit/greet", "NAME=ann&COUNT=1", keyed)
                        .status())
                .isEqualTo(409);
        assertThat(http.form(
                                "/promises/submit/greet",
                                "NAME=bob",
                                "Authorization",
                                "Bearer s3cret",
                                "Idempotency-Key",
                                "x".repeat(256))
                        .status())
                .isEqualTo(400);
    }

    @Test
    public void refusesSubmissionsWhileItStops() throws Exception {
        controller.close();
        try {
            assertThat(http.form("/promises/submit/greet", "NAME=ann", AUTH).status())
                    .isEqualTo(503);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(java.net.ConnectException.class);
        }
        try (Ledger ledger = Ledger.open(
                new LedgerLocation.Embedded(home.resolve("ledger")),
                ControllerIdentity.begin("test", "nowhere"),
                Clock.systemUTC())) {
            assertThat(ledger.lists().openCount()).isZero();
        }
    }

    @Test
    public void anOpenControllerRefusesOtherSites() throws Exception {
        try (LocalController open = new Controllers(folder.newFolder().toPath())
                .start(new SuiteFolder(folder.newFolder().toPath()).worker("hello", "true"))) {
            Http laptop = new Http(open.url());
            assertThat(laptop.form("/promises/submit/hello", "").status()).isEqualTo(201);
            assertThat(laptop.form("/promises/submit/hello", Map.of(), "Origin", "https://evil.example")
                            .status())
                    .isEqualTo(403);
            assertThat(laptop.form("/promises/submit/hello", Map.of(), "Origin", open.url())
                            .status())
                    .isEqualTo(201);
        }
    }
}
