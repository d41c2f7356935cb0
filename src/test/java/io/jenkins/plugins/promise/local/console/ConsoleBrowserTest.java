package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.KeptPromises;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.openqa.selenium.Keys;

/** The console in a real browser: live, usable by everybody, and nothing of it leaves the machine. */
public class ConsoleBrowserTest extends ConsoleInBrowser {
    private static final int MANY = 10_000;
    private static final int ON_A_PAGE = 50;
    private static final String ROWS = "main tbody tr";
    /** {@code -Dpictures=docs} makes the pictures of the documentation anew. */
    private static final Path PICTURES = Path.of(System.getProperty("pictures", "target/pictures"));

    private Path go;

    @Before
    public void start() {
        go = folder.getRoot().toPath().resolve("go");
    }

    private String tour() throws Exception {
        return submit("tour", Map.of("GO", go.toString(), "REPORT_URL", receiver.url("/ok")));
    }

    @Test
    public void aPromiseIsFollowedWhileItRunsAndOverARestart() throws Exception {
        String id = tour();
        browser.looks(WIDE, false).open(controller.url() + "/promises/" + id);
        eventually("phase pause");
        eventually("RUNNING");
        browser.run("document.querySelectorAll('promise-timeline details').forEach(d => { d.open = true; })");
        eventually("hello Ann");
        eventually("waiting");
        assertThat(browser.count(".promise-bar")).isGreaterThanOrEqualTo(6);
        assertThat(browser.barriers()).isEmpty();
        browser.picture(PICTURES.resolve("console-promise.png"));

        int port = controller.port();
        controller.close();
        eventually("The controller does not answer");
        controller = new Controllers(home).port(port).start(ConsoleSuite.in(suite));
        Eventually.until("it answers again", PATIENCE, () -> !browser.text().contains("does not answer"));
        Files.createFile(go);

        eventually("FULFILLED");
        eventually("\"done\" : true");
        eventually("HTTP 204");
        eventually("Redeliver");
        assertThat(browser.count("button.danger")).isZero();
    }

    @Test
    public void newPromisesComeIntoTheListWithoutTakingTheKeyboardAway() throws Exception {
        http.settled(submit("greet", Map.of("NAME", "Ann")), PATIENCE);
        http.settled(submit("break", Map.of()), PATIENCE);
        browser.looks(WIDE, false).open(controller.url());
        browser.run("document.querySelector('tbody a').focus()");
        String focused = browser.focused();

        String id = tour();
        Eventually.until("the new one", PATIENCE, () -> browser.count("a[href='/promises/" + id + "']") == 1);

        assertThat(browser.focused()).isEqualTo(focused);
        eventually("RUNNING");
        browser.run("document.activeElement.blur()");
        browser.picture(PICTURES.resolve("console-promises.png"));
    }

    @Test
    public void tenThousandPromisesAreSeenPageByPageAndSearched() throws Exception {
        controller.close();
        Path many = folder.newFolder().toPath();
        KeptPromises kept = new KeptPromises(many.resolve("ledger"));
        kept.fill(MANY);
        controller = new Controllers(many).start(ConsoleSuite.in(suite));
        browser.looks(WIDE, false).open(controller.url());
        assertThat(browser.text()).contains(MANY + " or more");
        assertThat(browser.count(ROWS)).isEqualTo(ON_A_PAGE);
        assertThat(browser.count("a[href='/promises/" + kept.id(MANY) + "']")).isEqualTo(1);
        assertThat(browser.barriers()).isEmpty();

        browser.click("a[rel='next']");
        Eventually.until("the next page", PATIENCE, () -> browser.url().contains("after="));
        assertThat(browser.count(ROWS)).isEqualTo(ON_A_PAGE);
        assertThat(browser.count("a[href='/promises/" + kept.id(MANY - ON_A_PAGE) + "']"))
                .isEqualTo(1);
        browser.open(controller.url() + "/promises?state=all&after=" + kept.id(ON_A_PAGE + 1));
        assertThat(browser.count("a[href='/promises/" + kept.id(1) + "']")).isEqualTo(1);
        assertThat(browser.count("a[rel='next']")).isZero();

        browser.find("input[type='search']").sendKeys("part4321", Keys.ENTER);
        Eventually.until("the one that was looked for", PATIENCE, () -> browser.count(ROWS) == 1);
        browser.click(ROWS + " a");
        Eventually.until("its page", PATIENCE, () -> browser.url().endsWith("/promises/" + kept.id(4321)));
        assertThat(browser.text()).contains("FULFILLED", "s3://parts/part4321.stl");
    }

    @Test
    public void environmentsAreSeenWithWhatIsWhereAndWhatWaitsForAPerson() throws Exception {
        browser.looks(WIDE, false).open(controller.url() + "/promises/environments");
        eventually("Approve this combination");
        browser.picture(PICTURES.resolve("console-environments.png"));
        browser.open(controller.url() + "/promises/environments/test");
        eventually("integrated");
    }

    @Test
    public void aJobIsSubmittedCancelledAndSubmittedAgainWithTheKeyboard() throws Exception {
        browser.looks(PHONE, false).open(controller.url() + "/promises/jobs/wait");
        browser.key(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to the content");
        browser.find("#input-GO").sendKeys(go.toString(), Keys.ENTER);
        Eventually.until("the promise", PATIENCE, () -> browser.url().matches(".*/promises/[0-9A-Z]{26}"));
        eventually("RUNNING");

        browser.pressAndConfirm("button.danger");
        eventually("REJECTED");
        String first = browser.url();
        browser.pressAndConfirm("form[action$='/again'] button");
        Eventually.until("another promise", PATIENCE, () -> !browser.url().equals(first));
        Files.createFile(go);
        eventually("FULFILLED");
    }

    @Test
    public void aBrowserLogsInAndOut() throws Exception {
        controller.close();
        controller = new Controllers(home).closed().start(ConsoleSuite.in(suite));
        browser.looks(PHONE, true).open(controller.url() + "/console/health");
        assertThat(browser.barriers()).isEmpty();
        browser.find("#token").sendKeys("guess", Keys.ENTER);
        eventually("This token opens nothing here.");
        assertThat(browser.barriers()).isEmpty();
        browser.find("#token").sendKeys(controller.operatorToken(), Keys.ENTER);
        eventually("Log out");
        browser.open(controller.url() + "/console/health");
        eventually("Executors");
        assertThat(browser.run("return document.cookie")).isEqualTo("");

        browser.click("form[action='/console/logout'] button");
        Eventually.until("the log in", PATIENCE, () -> browser.count("#token") == 1);
        browser.open(controller.url() + "/console/health");
        assertThat(browser.count("#token")).isEqualTo(1);
    }
}
