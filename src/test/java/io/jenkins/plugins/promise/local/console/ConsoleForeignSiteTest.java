package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Browser;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openqa.selenium.Keys;

/** Pages of another site in the real browser of somebody who runs a controller: what they send and ask for does nothing. */
public class ConsoleForeignSiteTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVIL = Browser.OTHER_SITE;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Browser browser;
    private LocalController controller;
    private Receiver site;
    private Http http;

    private void start(boolean open) throws Exception {
        browser = Browser.ofThisProcess();
        browser.patience(PATIENCE);
        Controllers controllers = new Controllers(folder.newFolder().toPath());
        controller = (open ? controllers : controllers.closed())
                .start(ConsoleSuite.in(folder.newFolder("suite").toPath()));
        http = new Http(controller.url());
    }

    @Before
    public void site() throws Exception {
        site = new Receiver();
    }

    @After
    public void stop() {
        if (controller != null) {
            controller.close();
        }
        site.close();
    }

    /** A page of the other site. */
    private void serves(String path, String html) {
        byte[] page = ("<!doctype html><title>prizes</title><body>" + html).getBytes(StandardCharsets.UTF_8);
        site.on(path, (exchange, count) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
    }

    private String form(String action) {
        return "<form method='post' action='" + controller.url() + action + "'><input name='NAME' value='Ann'>"
                + "<button>You have won</button></form>";
    }

    private String count(String... headers) throws Exception {
        return http.get("/promises?state=all", headers).json().path("count").asText();
    }

    @Test
    public void aFormOfAnotherSiteIsRefused() throws Exception {
        start(true);
        String id = http.form("/promises/submit/wait", Map.of("GO", "/never"))
                .json()
                .path("id")
                .asText();
        List<String> targets = List.of(
                "/promises/submit/greet",
                "/console/jobs/greet/submit",
                "/promises/" + id + "/cancel",
                "/console/promises/" + id + "/cancel",
                "/promises/prune");
        for (int i = 0; i < targets.size(); i++) {
            serves("/page" + i, form(targets.get(i)));
            // A site of another name, and one that differs from the controller in its port only.
            for (String host : List.of(EVIL, "127.0.0.1")) {
                browser.open("http://" + host + ":" + site.port() + "/page" + i);
                browser.click("button");
                Eventually.until(targets.get(i) + " answers", PATIENCE, () -> browser.url()
                        .startsWith(controller.url()));
                assertThat(browser.text()).as(host + targets.get(i)).contains("requests from other sites are refused");
            }
        }
        assertThat(count()).isEqualTo("1");
        assertThat(http.get("/promises/" + id).json().path("state").asText()).isIn("PENDING", "RUNNING");
    }

    @Test
    public void aHostThatIsReboundToThisMachineSeesAndDoesNothing() throws Exception {
        start(true);
        http.settled(
                http.form("/promises/submit/greet", Map.of("NAME", "Ann"))
                        .json()
                        .path("id")
                        .asText(),
                PATIENCE);

        browser.open("http://" + EVIL + ":" + controller.port() + "/");

        assertThat(browser.text()).contains("answers to its address only").doesNotContain("greet", "FULFILLED");
        // To the browser all of it is one site now: nothing but the name of the host tells.
        for (String request :
                List.of("'/promises?state=all'", "'/promises/submit/greet', {method: 'POST', body: 'NAME=Bob'}")) {
            assertThat(browser.run("return fetch(" + request + ").then(a => a.status, e => String(e))"))
                    .as(request)
                    .isEqualTo(403L);
        }
        assertThat(count()).isEqualTo("1");
    }

    @Test
    public void whoIsLoggedInIsNobodyToAFormOfAnotherSiteAndComesThroughByALink() throws Exception {
        start(false);
        String[] operator = {"Authorization", "Bearer " + controller.operatorToken()};
        browser.looks(1_200, false).open(controller.url());
        browser.find("#token").sendKeys(controller.operatorToken(), Keys.ENTER);
        Eventually.until("it is logged in", PATIENCE, () -> browser.text().contains("Log out"));
        serves("/form", form("/console/jobs/greet/submit"));
        serves("/link", "<a href='" + controller.url() + "/promises/jobs/greet'>Look</a>");
        for (String host : List.of(EVIL, "127.0.0.1")) {
            browser.open("http://" + host + ":" + site.port() + "/form");
            browser.click("button");
            Eventually.until("it answers", PATIENCE, () -> browser.url().startsWith(controller.url()));
            assertThat(count(operator)).as(host).isEqualTo("0");
        }
        browser.open("http://" + EVIL + ":" + site.port() + "/link");
        browser.click("a");

        Eventually.until("the page", PATIENCE, () -> browser.text().contains("Whom to greet."));
    }
}
