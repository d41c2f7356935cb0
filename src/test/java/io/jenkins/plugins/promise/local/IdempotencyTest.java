package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A repeated {@code Idempotency-Key} is the same submission, whatever was deployed meanwhile; another one is told apart. */
public class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private SuiteFolder suite;
    private Path home;
    private LocalController controller;

    @Before
    public void start() throws IOException {
        suite = new SuiteFolder(folder.newFolder().toPath());
        home = folder.newFolder().toPath();
    }

    @After
    public void stop() {
        controller.close();
    }

    private Http serve(String inputs) throws IOException {
        if (controller != null) {
            controller.close();
        }
        suite.worker("w", "true", "inputs: { " + inputs + " }");
        controller = new Controllers(home).start(suite);
        return new Http(controller.url());
    }

    @Test
    public void theFingerprintTellsOneInputWithACommaFromTwo() throws Exception {
        Http http = serve("B: {}, N: {}");

        assertThat(http.form("/promises/submit/w", "B=1&N=2", KEY, "k").status())
                .isEqualTo(201);
        assertThat(http.form("/promises/submit/w", "B=1,+N%3D2", KEY, "k").status())
                .as("its text was the same before")
                .isEqualTo(409);
        assertThat(http.form("/promises/submit/w", "N=2&B=1", KEY, "k").status())
                .as("the order is not")
                .isEqualTo(201);
    }

    @Test
    public void aDefaultThatADeploymentAddsMakesARepeatNoOther() throws Exception {
        String first = serve("B: {}")
                .form("/promises/submit/w", "B=1", KEY, "k")
                .json()
                .path("id")
                .asText();

        Http.Answer again = serve("B: {}, MORE: { default: x }").form("/promises/submit/w", "B=1", KEY, "k");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(again.json().path("id").asText()).isEqualTo(first);
    }

    @Test
    public void aRepeatIsLookedUpBeforeItIsValidated() throws Exception {
        String first = serve("B: {}")
                .form("/promises/submit/w", "B=1", KEY, "k")
                .json()
                .path("id")
                .asText();

        Http http = serve("B: { pattern: \"[a-z]\" }");

        Http.Answer again = http.form("/promises/submit/w", "B=1", KEY, "k");
        assertThat(again.status()).as(again.body()).isEqualTo(201);
        assertThat(again.json().path("id").asText()).isEqualTo(first);
        assertThat(http.form("/promises/submit/w", "B=1", KEY, "other").status())
                .isEqualTo(400);
    }
}
