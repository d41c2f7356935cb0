package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Browser;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** A real browser before the console of a controller that has the {@link ConsoleSuite} and environments. */
public abstract class ConsoleInBrowser {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int WIDE = 1_200;
    static final int PHONE = 360;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    Path home;
    Path suite;
    Browser browser;
    LocalController controller;
    Receiver receiver;
    Http http;

    @Before
    public void startConsole() throws Exception {
        browser = Browser.ofThisProcess();
        browser.patience(PATIENCE);
        home = folder.newFolder().toPath();
        suite = folder.newFolder("suite").toPath();
        receiver = new Receiver();
        var unused = TestedEnvironments.in(home);
        controller = new Controllers(home).start(ConsoleSuite.in(suite));
        http = new Http(controller.url());
    }

    @After
    public void stopConsole() {
        if (controller != null) {
            controller.close();
            receiver.close();
        }
    }

    /** Starts the controller anew with another version of the job {@code break}. */
    void restartWithAnotherBreak() throws Exception {
        controller.close();
        controller =
                new Controllers(home).start(ConsoleSuite.in(suite).worker("break", "echo 'the lid is on' >&2; exit 3"));
        http = new Http(controller.url());
    }

    /** The latest version of the job {@code break}. */
    String latestBreak() throws Exception {
        return http.get("/promises/jobs/break").json().path("latest").asText();
    }

    /** Submits, and tells the promise's id. */
    String submit(String job, Map<String, String> inputs) throws Exception {
        Http.Answer answer = http.form("/promises/submit/" + job, inputs);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    /** Waits until the page says so. */
    void eventually(String text) throws Exception {
        Eventually.until(text, PATIENCE, () -> browser.text().contains(text));
    }
}
