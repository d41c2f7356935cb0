package io.jenkins.plugins.promise.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.jenkins.plugins.promise.testing.Http;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What a client gets of a route that fails. */
public class ProblemAnswersTest {
    private Javalin server;
    private Http http;

    @Before
    public void start() {
        server = Javalin.create(config -> {
            config.showJavalinBanner = false;
            config.startupWatcherEnabled = false;
        });
        new ProblemAnswers().on(server);
        server.get("/error", context -> {
            throw new StackOverflowError("too deep");
        });
        server.get(
                "/error-later",
                context -> context.future(() -> CompletableFuture.failedFuture(new NoClassDefFoundError("gone"))));
        server.get("/exception", context -> {
            throw new IllegalStateException("not expected");
        });
        server.get("/disk", context -> {
            throw new IOException("no space left on device");
        });
        server.start("127.0.0.1", 0);
        http = new Http("http://127.0.0.1:" + server.port());
    }

    @After
    public void stop() {
        server.stop();
    }

    @Test
    public void anErrorIsAProblemAndNeverAnEmptyAnswer() throws Exception {
        for (String path : new String[] {"/error", "/error-later", "/exception"}) {
            Http.Answer answer = http.get(path);

            assertThat(answer.status()).as(path).isEqualTo(500);
            assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
            assertThat(answer.json().path("detail").asText()).as(path).contains("the log says what");
        }
    }

    @Test
    public void aDiskThatFailsIsUnavailable() throws Exception {
        assertThat(http.get("/disk").status()).isEqualTo(503);
        assertThat(http.get("/nothing").status()).isEqualTo(404);
    }
}
