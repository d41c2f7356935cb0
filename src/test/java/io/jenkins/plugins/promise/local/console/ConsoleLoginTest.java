package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who may see and do what on the pages of a controller that asks for tokens. */
public class ConsoleLoginTest {
    private static final String GREET_TOKEN = "greet-token-0123456789";
    private static final String BREAK_TOKEN = "break-token-0123456789";
    private static final String ABSENT = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path suite;
    private LocalController controller;
    private Http http;

    @Before
    public void start() throws Exception {
        home = folder.newFolder().toPath();
        suite = folder.newFolder("suite").toPath();
        start(GREET_TOKEN);
    }

    private void start(String greetToken) throws Exception {
        controller = new Controllers(home)
                .closed()
                .variable("GREET_TOKEN", greetToken)
                .variable("BREAK_TOKEN", BREAK_TOKEN)
                .start(ConsoleSuite.in(suite));
        http = new Http(controller.url());
    }

    @After
    public void stop() {
        controller.close();
    }

    private Http.Answer login(String token, String... headers) throws Exception {
        return http.form("/console/login", Map.of("token", token, "next", "/promises?state=rejected"), headers);
    }

    /** The session as the browser brings it along; cookies know no ports, but their names here do. */
    private String session(String token) throws Exception {
        Http.Answer answer = login(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        return answer.header("Set-Cookie").replaceFirst(";.*", "");
    }

    private static String[] page(String cookie) {
        return with(cookie, ConsoleSuite.PAGE);
    }

    private static String[] with(String cookie, String... headers) {
        return Stream.concat(Stream.of("Cookie", cookie), Arrays.stream(headers))
                .toArray(String[]::new);
    }

    private String submit(String job, String token, Map<String, String> inputs) throws Exception {
        return http.form("/promises/submit/" + job, inputs, "Authorization", "Bearer " + token)
                .json()
                .path("id")
                .asText();
    }

    @Test
    public void whoeverHasNoTokenLearnsNothingButWhereToLogIn() throws Exception {
        String id = submit("greet", GREET_TOKEN, Map.of("NAME", "Ann"));
        List<String> answers = new ArrayList<>();
        for (String path : new String[] {
            "/",
            "/promises",
            "/promises/" + id,
            "/promises/" + ABSENT,
            "/promises/jobs",
            "/promises/jobs/greet",
            "/promises/jobs/nothing",
            "/promises/" + id + "/log",
            "/promises/" + id + "/report",
            "/console/health",
            "/console/attention",
            "/console/prune",
            "/promises/attention",
            "/promises/environments",
            "/promises/environments/test",
            "/console/jobs/greet/diff?from=a&to=b"
        }) {
            Http.Answer answer = http.get(path, ConsoleSuite.PAGE);
            assertThat(answer.status()).as(path).isEqualTo(401);
            answers.add(answer.body().replaceAll("name=\"next\" value=\"[^\"]*\"", ""));
            assertThat(http.get(path.equals("/") ? "/promises" : path).header("Content-Type"))
                    .as(path)
                    .isEqualTo("application/problem+json");
        }
        assertThat(answers).allMatch(a -> a.contains("type=\"password\"")).containsOnly(answers.get(0));
        assertThat(answers.get(0)).doesNotContain("greet", ">Jobs</a>", "Health");
    }

    @Test
    public void theOperatorSeesAndDoesAll() throws Exception {
        Http.Answer login = login(controller.operatorToken());
        assertThat(login.status()).isEqualTo(303);
        assertThat(login.header("Location")).isEqualTo("/promises?state=rejected");
        assertThat(login.header("Set-Cookie"))
                .startsWith("promise-session-" + controller.port() + "=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain(controller.operatorToken());
        String cookie = session(controller.operatorToken());
        String id = submit("greet", GREET_TOKEN, Map.of("NAME", "Ann"));

        for (String path : new String[] {"/", "/promises/" + id, "/promises/jobs/greet", "/console/health"}) {
            assertThat(http.get(path, page(cookie)).status()).as(path).isEqualTo(200);
        }
        assertThat(http.get("/promises?state=all", with(cookie))
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        Http.Answer form = http.get("/promises/jobs/greet", page(cookie));
        Http.Answer submitted = http.form(
                "/console/jobs/greet/submit",
                Map.of("console-form", ConsoleSuite.formToken(form), "NAME", "Bob"),
                page(cookie));
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(303);
    }

    @Test
    public void aJobsTokenOpensItsOwnPromisesAndNoOthers() throws Exception {
        String own = submit("greet", GREET_TOKEN, Map.of("NAME", "Ann"));
        String other = submit("break", BREAK_TOKEN, Map.of());
        String cookie = session(GREET_TOKEN);

        assertThat(http.get("/", page(cookie)).body()).contains(own).doesNotContain(other, "break", "Health");
        assertThat(http.get("/promises?job=break&state=all", page(cookie)).body())
                .doesNotContain(other);
        assertThat(http.get("/promises/" + own, page(cookie)).status()).isEqualTo(200);
        assertThat(http.get("/promises/jobs", page(cookie)).body())
                .contains("greet")
                .doesNotContain("break", "Prune");
        assertThat(http.get("/promises/jobs/greet", page(cookie)).body())
                .contains("Submit greet")
                .doesNotContain("Versions");

        String form = ConsoleSuite.formToken(http.get("/promises/jobs/greet", page(cookie)));
        Http.Answer strange = http.get("/promises/" + other, page(cookie));
        assertThat(strange.status()).isEqualTo(403);
        assertThat(http.get("/promises/" + ABSENT, page(cookie)).body()).isEqualTo(strange.body());
        for (String path : new String[] {
            "/console/health",
            "/console/attention",
            "/console/prune",
            "/console/jobs/greet/diff?from=a&to=b",
            "/promises/attention",
            "/promises/environments",
            "/promises/environments/test",
            "/promises/jobs/break"
        }) {
            assertThat(http.get(path, page(cookie)).status()).as(path).isEqualTo(403);
            assertThat(http.get(path.replace("/console/", "/promises/"), with(cookie))
                            .status())
                    .as("%s, asked by a program", path)
                    .isNotEqualTo(200);
        }
        for (String path : new String[] {
            "/console/promises/" + other + "/cancel",
            "/console/promises/" + other + "/redeliver",
            "/console/promises/" + other + "/again",
            "/console/jobs/break/submit",
            "/console/jobs/greet/rollback",
            "/console/environments/test/freeze",
            "/console/environments/test/unfreeze",
            "/console/environments/test/approve",
            "/console/prune"
        }) {
            assertThat(http.form(path, Map.of("console-form", form), page(cookie))
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        Http.Answer again =
                http.form("/console/promises/" + own + "/again", Map.of("console-form", form), page(cookie));
        assertThat(again.status()).isEqualTo(303);
    }

    @Test
    public void aTokenThatOpensNothingIsToldSo() throws Exception {
        Http.Answer answer = login("guess", ConsoleSuite.PAGE);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("This token opens nothing here.");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    public void aSessionGoesOnOverARestartAndEndsWithItsToken() throws Exception {
        String cookie = session(GREET_TOKEN);
        String name = cookie.replaceFirst("-[0-9]+=.*", "");
        String value = cookie.replaceFirst("^[^=]+=", "");
        controller.close();

        start(GREET_TOKEN);
        String next = name + "-" + controller.port() + "=" + value;
        assertThat(http.get("/", page(next)).status()).isEqualTo(200);
        controller.close();

        start("another-token-0123456789");
        assertThat(http.get("/", page(name + "-" + controller.port() + "=" + value))
                        .status())
                .isEqualTo(403);
    }

    @Test
    public void whoLogsOutIsAskedAgain() throws Exception {
        String cookie = session(controller.operatorToken());
        String form = ConsoleSuite.formToken(http.get("/", page(cookie)));

        Http.Answer out = http.form("/console/logout", Map.of("console-form", form), page(cookie));

        assertThat(out.status()).isEqualTo(303);
        assertThat(out.header("Set-Cookie")).contains("promise-session-" + controller.port() + "=;", "Max-Age=0");
    }

    @Test
    public void aCookieThatThisControllerHasNotSealedIsNone() throws Exception {
        String name = "promise-session-" + controller.port() + "=";
        String good = session(controller.operatorToken()).substring(name.length());

        for (String bad :
                new String[] {"", "x", controller.operatorToken(), "B" + good.substring(1), good.substring(4)}) {
            assertThat(http.get("/promises", with(name + bad)).status()).as(bad).isEqualTo(401);
        }
    }
}
