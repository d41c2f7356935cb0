package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a page of another site tries with the browser of somebody who runs a controller. */
public class ConsoleAttacksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SCRIPT = "<script>alert</script>";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private LocalController controller;
    private Http http;

    private void start(boolean open) throws Exception {
        Controllers controllers = new Controllers(folder.newFolder().toPath());
        controller = (open ? controllers : controllers.closed())
                .variable("GREET_TOKEN", "greet-token-0123456789")
                .start(ConsoleSuite.in(folder.newFolder().toPath()));
        http = new Http(controller.url());
    }

    @Before
    public void start() throws Exception {
        start(true);
    }

    @After
    public void stop() {
        controller.close();
    }

    private static String[] page(String... headers) {
        return Stream.concat(Stream.of(ConsoleSuite.PAGE), Stream.of(headers)).toArray(String[]::new);
    }

    private String promises() throws Exception {
        return http.get("/promises?state=all").json().path("count").asText();
    }

    /** Java's client names no other host than the one that it connects to. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", controller.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    public void aHostThatWasReboundToThisMachineSeesNothing() throws Exception {
        for (String path : new String[] {"/", "/promises", "/promises/jobs/greet", "/console/health"}) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: evil.example:" + controller.port()
                    + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n");

            assertThat(answer).as(path).startsWith("HTTP/1.1 403").doesNotContain("console-form", "Health</a>");
        }
    }

    @Test
    public void aFormOfAnotherSiteDoesNothing() throws Exception {
        String form = ConsoleSuite.formToken(http.get("/promises/jobs/greet", ConsoleSuite.PAGE));
        Map<String, String> filled = Map.of("console-form", form, "NAME", "Ann");

        assertThat(http.form("/console/jobs/greet/submit", Map.of("NAME", "Ann"))
                        .status())
                .isEqualTo(403);
        assertThat(http.form("/console/jobs/greet/submit", Map.of("NAME", "Ann", "console-form", form + "0"))
                        .status())
                .isEqualTo(403);
        for (String[] header : new String[][] {
            {"Origin", "http://evil.example"},
            {"Origin", "null"},
            {"Origin", "http://127.0.0.1:1"},
            {"Sec-Fetch-Site", "cross-site"}
        }) {
            assertThat(http.form("/console/jobs/greet/submit", filled, page(header))
                            .status())
                    .as(String.join(": ", header))
                    .isEqualTo(403);
        }
        assertThat(promises()).isEqualTo("0");
        assertThat(http.form("/console/jobs/greet/submit", filled, page("Origin", controller.url()))
                        .status())
                .isEqualTo(303);
    }

    @Test
    public void anotherSiteMayLinkHereAndEmbedNothing() throws Exception {
        String[] follows = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"};
        assertThat(http.get("/", page(follows)).status()).isEqualTo(200);

        for (String destination : new String[] {"iframe", "image", "script", "empty"}) {
            assertThat(http.get(
                                    "/",
                                    page(
                                            "Sec-Fetch-Site",
                                            "cross-site",
                                            "Sec-Fetch-Mode",
                                            "navigate",
                                            "Sec-Fetch-Dest",
                                            destination))
                            .status())
                    .as(destination)
                    .isEqualTo(403);
        }
    }

    @Test
    public void everyPageForbidsFramesAndForeignCode() throws Exception {
        String id = http.form("/promises/submit/greet", Map.of("NAME", "Ann"))
                .json()
                .path("id")
                .asText();
        http.settled(id, PATIENCE);
        for (String path : new String[] {
            "/",
            "/promises/" + id,
            "/promises/jobs",
            "/promises/jobs/greet",
            "/console/health",
            "/console/attention",
            "/console/prune",
            "/nowhere"
        }) {
            Http.Answer answer = http.get(path, ConsoleSuite.PAGE);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'", "style-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(answer.body()).doesNotContainPattern("<script(?! type=\"module\" src=\"/console/)");
            assertThat(answer.body()).doesNotContainPattern(" (style|on[a-z]+)=");
            assertThat(answer.body()).doesNotContainPattern("(src|href|action)=\"(https?:)?//");
        }
    }

    @Test
    public void whatWasGivenIsShownAsText() throws Exception {
        String id = http.form("/promises/submit/greet", Map.of("NAME", SCRIPT))
                .json()
                .path("id")
                .asText();
        http.settled(id, PATIENCE);

        for (String path : new String[] {
            "/promises/" + id,
            "/promises?q=%3Cscript%3Ealert%3C%2Fscript%3E&state=all",
            "/%3Cscript%3Ealert%3C%2Fscript%3E"
        }) {
            assertThat(http.get(path, ConsoleSuite.PAGE).body()).as(path).doesNotContain(SCRIPT);
        }
        assertThat(http.get("/promises/" + id + "/log", ConsoleSuite.PAGE).header("Content-Type"))
                .startsWith("text/plain");
    }

    @Test
    public void aSessionCountsForNothingThatItsOwnPagesHaveNotSent() throws Exception {
        controller.close();
        start(false);
        String cookie = cookie();
        String others = ConsoleSuite.formToken(http.get("/", page("Cookie", cookie())));

        assertThat(http.form("/promises/submit/greet", Map.of("NAME", "Ann"), "Cookie", cookie)
                        .status())
                .isEqualTo(401);
        assertThat(http.json("/promises/submit/greet", "{\"NAME\":\"Ann\"}", "Cookie", cookie)
                        .status())
                .isEqualTo(401);
        assertThat(http.post("/promises/prune", null, new byte[0], "Cookie", cookie)
                        .status())
                .isEqualTo(401);
        assertThat(http.form("/console/jobs/greet/submit", Map.of("NAME", "Ann"), "Cookie", cookie)
                        .status())
                .isEqualTo(403);
        assertThat(http.form(
                                "/console/jobs/greet/submit",
                                Map.of("NAME", "Ann", "console-form", others),
                                "Cookie",
                                cookie)
                        .status())
                .as("the form of another session")
                .isEqualTo(403);
        assertThat(http.form("/console/jobs/greet/submit", Map.of("NAME", "Ann", "console-form", others))
                        .status())
                .isEqualTo(401);
    }

    private String cookie() throws Exception {
        return http.form("/console/login", Map.of("token", controller.operatorToken()))
                .header("Set-Cookie")
                .replaceFirst(";.*", "");
    }

    @Test
    public void nobodyIsLoggedInByAnotherSiteOrLedToOne() throws Exception {
        controller.close();
        start(false);
        Map<String, String> token = Map.of("token", controller.operatorToken());

        assertThat(http.form("/console/login", token, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(http.form("/console/login", token, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        for (String next :
                new String[] {"//evil.example", "/\\evil.example", "http://evil.example", "javascript:x", "/a\r\nb"}) {
            assertThat(http.form("/console/login", Map.of("token", controller.operatorToken(), "next", next))
                            .header("Location"))
                    .as(next)
                    .isEqualTo("/");
        }
        Http.Answer followed = http.get("/promises", page("Sec-Fetch-Site", "cross-site"));
        assertThat(followed.status()).isEqualTo(401);
        assertThat(followed.body()).contains("http-equiv=\"refresh\"");
    }
}
