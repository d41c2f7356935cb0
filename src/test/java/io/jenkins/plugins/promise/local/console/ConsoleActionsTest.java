package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Eventually;
import java.util.Map;
import org.junit.Test;
import org.openqa.selenium.Keys;

/** What is done on the console's pages, in a real browser; the rest of it, and what is typed, is in ConsoleBrowserTest. */
public class ConsoleActionsTest extends ConsoleInBrowser {

    @Test
    public void aReportIsSentAgain() throws Exception {
        String id = http.form("/promises/submit/greet", Map.of("NAME", "Ann", "REPORT_URL", receiver.url("/ok")))
                .json()
                .path("id")
                .asText();
        receiver.await(1, PATIENCE);
        browser.looks(PHONE, false).open(controller.url() + "/promises/" + id);
        eventually("DELIVERED");

        browser.pressAndConfirm("form[action$='/redeliver'] button");

        receiver.await(2, PATIENCE);
        assertThat(receiver.messages().get(1).id())
                .isEqualTo(receiver.messages().get(0).id());
        eventually("2 attempts");
    }

    @Test
    public void versionsAreComparedRolledBackAndPruned() throws Exception {
        String old = latestBreak();
        restartWithAnotherBreak();
        String newer = latestBreak();
        browser.looks(WIDE, true).open(controller.url() + "/promises/jobs/break");

        browser.click("a[href*='/diff?']");
        eventually("+echo 'the lid is on'");
        browser.click("main a[href='/promises/jobs/break']");
        eventually("Versions");
        browser.pressAndConfirm("form[action$='/rollback'] button");
        Eventually.until("it is rolled back", PATIENCE, () -> latestBreak().equals(old));

        browser.open(controller.url() + "/promises/jobs");
        browser.click("a[href='/console/prune']");
        eventually("Nothing would go");
        Eventually.until("it is old enough", PATIENCE, () -> {
            browser.find("#olderThan").clear();
            browser.find("#olderThan").sendKeys("1s", Keys.ENTER);
            Eventually.until("looked", PATIENCE, () -> browser.url().contains("olderThan=1s"));
            return browser.text().contains("These would go");
        });
        assertThat(http.get("/promises/jobs/" + newer).status()).isEqualTo(200);
        browser.pressAndConfirm("button.danger");
        eventually("These have gone");
        assertThat(browser.text()).contains(newer);
        assertThat(http.get("/promises/jobs/" + newer).status()).isEqualTo(404);
        assertThat(latestBreak()).isEqualTo(old);
    }

    @Test
    public void aPersonFreezesAnEnvironmentLetsItGoOnAndApproves() throws Exception {
        String page = controller.url() + "/promises/environments/production";
        browser.looks(PHONE, false).open(page);
        rest("freeze", "ann");
        browser.find("form[action$='/freeze'] input[name='why']").sendKeys("a fair", Keys.ENTER);
        eventually("frozen by ann: a fair");

        browser.open(page);
        rest("unfreeze", "bob");
        browser.click("form[action$='/unfreeze'] button");
        Eventually.until(
                "it goes on",
                PATIENCE,
                () -> browser.url().endsWith("/environments") && !browser.text().contains("frozen by"));

        browser.open(page);
        browser.find("form[action$='/approve'] input[name='who']").sendKeys("ann", Keys.ENTER);
        Eventually.until(
                "it is approved",
                PATIENCE,
                () -> browser.url().endsWith("/environments") && !browser.text().contains("Approve this combination"));
    }

    private void rest(String what, String who) throws Exception {
        browser.click("details summary");
        browser.find("form[action$='/" + what + "'] input[name='who']").sendKeys(who);
    }

    /** As {@code docs/console.md} says: only nothing comes by itself. */
    @Test
    public void allOfItIsDoneWithoutScripts() throws Exception {
        browser.withoutScripts(true);
        browser.looks(WIDE, false).open(controller.url() + "/promises/jobs/wait");
        browser.find("#input-GO").sendKeys("/never", Keys.ENTER);
        Eventually.until("the promise", PATIENCE, () -> browser.url().matches(".*/promises/[0-9A-Z]{26}"));
        String first = browser.url();

        browser.click("button.danger");
        eventually("REJECTED");
        browser.click("form[action$='/again'] button");
        Eventually.until(
                "another one",
                PATIENCE,
                () -> browser.url().matches(".*/promises/[0-9A-Z]{26}")
                        && !browser.url().equals(first));
        browser.open(controller.url());
        browser.find("input[type='search']").sendKeys("never", Keys.ENTER);
        eventually("2 found");
    }
}
