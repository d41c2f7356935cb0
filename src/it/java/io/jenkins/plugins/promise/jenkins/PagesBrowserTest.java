package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.testing.Browser;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The pages of promises on Jenkins in a real browser: live, no wider than it, and usable by everybody. */
public final class PagesBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int WIDE = 1_200;
    private static final int PHONE = 360;
    /** What of a page is not Jenkins' own, but for what Jenkins puts beside links there. */
    private static final String OURS = "#main-panel";

    private static final String THEIRS = ".jenkins-menu-dropdown-chevron, .jenkins-build-caption";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private Browser browser;
    private Receiver receiver;
    private Path go;

    @Before
    public void start() throws Exception {
        browser = Browser.ofThisProcess();
        browser.patience(PATIENCE);
        receiver = new Receiver();
        go = folder.getRoot().toPath().resolve("go");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        PromiseFixture.allowLoopback();
        PromiseConfiguration.get().setRetryDelays("1s");
        PromiseConfiguration.get().setGiveUpAfter("1s");
        fixture.worker("says", "echo said\nprintf '{\"reason\": \"hello\", \"data\": {\"a\": 1}}' > report.json");
        fixture.worker("waits", "while [ ! -e '" + go + "' ]; do sleep 0.2; done");
        PromiseWorker nowhere = fixture.worker("nowhere", "true");
        nowhere.setAssignedLabel(Label.get("solaris"));
        fixture.orchestration(
                "fine", "report data: [done: true]", PromiseFixture.input("REPORT_URL", "callback", false));
        fixture.orchestration("fails", "report status: 'FAILURE', reason: 'it is too small'");
        fixture.orchestration(
                "both",
                "phase('first') { worker job: 'says' }\nphase('second') { worker job: 'waits' }\nreport data: 1");
        fixture.orchestration("stands", "phase('first') { worker job: 'nowhere' }");
    }

    @After
    public void stop() throws Exception {
        if (receiver != null) {
            receiver.close();
        }
        if (go != null && !Files.exists(go)) {
            Files.createFile(go);
        }
    }

    private void login(int width) throws Exception {
        fixture.login(browser.looks(width, false));
    }

    private void eventually(String text) throws Exception {
        Eventually.until(text, PATIENCE, () -> browser.text().contains(text));
    }

    private String settled(String job, String form) throws Exception {
        String id = fixture.submit(job, form);
        fixture.settled(id);
        return id;
    }

    /** One of each kind. */
    private List<String> paths() throws Exception {
        HttpResponse<String> deployed =
                fixture.post("promises/deploy", SuiteTest.suite(1, "one"), fixture.user("admin"));
        assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);
        String undelivered = settled(
                "fine", "REPORT_URL=" + URLEncoder.encode(receiver.url("/nobody-is-here"), StandardCharsets.UTF_8));
        String failed = settled("fails", "");
        String running = fixture.submit("both", "");
        String stands = fixture.submit("stands", "");
        Eventually.until(
                "both are under way",
                PATIENCE,
                () -> fixture.promise(running).path("phases").size() == 2
                        && fixture.promise(stands).path("phases").size() == 1);
        Eventually.until("nothing is tried any more", PATIENCE, () -> fixture.promise(undelivered)
                .toString()
                .contains("GIVEN_UP"));
        List<String> paths = new ArrayList<>(List.of(
                "promises/",
                "promises/?state=rejected",
                "job/fine/promises/",
                "job/fine/",
                "job/says/",
                "job/says/1/",
                "job/suite/"));
        for (String id : List.of(undelivered, failed, running, stands)) {
            paths.add("promises/" + id);
        }
        return paths;
    }

    @Test
    public void everybodyCanUseEveryPageAlsoOnAPhone() throws Exception {
        List<String> paths = paths();
        login(WIDE);
        List<String> barriers = new ArrayList<>();
        for (String path : paths) {
            for (int width : new int[] {WIDE, PHONE}) {
                browser.looks(width, false).open(fixture.url(path));
                String where = path + " at " + width + ": ";
                browser.barriers(OURS, THEIRS).forEach(b -> barriers.add(where + b));
                // Jenkins' own page of a build is wider than a phone by itself.
                if (browser.overhang() > 0 && !(path.equals("job/says/1/") && width == PHONE)) {
                    barriers.add(where + "is " + browser.overhang() + " px too wide: " + browser.widest());
                }
            }
        }
        assertThat(barriers).isEmpty();
        String own = jenkins.getURL().toString();
        assertThat(browser.requested()).isNotEmpty().allMatch(u -> u.startsWith(own));
    }

    @Test
    public void jobsPageShowsHowItsLastPromisesEndedAndHowLongTheyTook() throws Exception {
        settled("fine", "");
        settled("fine", "");
        login(WIDE);
        browser.open(fixture.url("job/fine/"));
        eventually("Of those accepted last, 2 have ended: 2 fulfilled, 0 rejected.");
        assertThat(browser.count(".promise-chart-column")).isEqualTo(2);

        String late = settled("fine", "");
        eventually("Of those accepted last, 3 have ended: 3 fulfilled");
        browser.find("promise-chart summary").click();
        assertThat(browser.find("promise-chart tbody tr").getText()).contains("fine", "FULFILLED");
        assertThat(browser.barriers(OURS, THEIRS)).isEmpty();
        browser.find("promise-chart tbody a").click();
        Eventually.until("the promise", PATIENCE, () -> browser.url().endsWith("/promises/" + late));

        settled("fails", "");
        browser.open(fixture.url("job/fails/"));
        eventually("Of those accepted last, 1 have ended: 0 fulfilled, 1 rejected.");
        assertThat(browser.count(".promise-chart-REJECTED")).isEqualTo(1);
    }

    @Test
    public void whatWorkersDidForOrchestrationsIsInTheirJobsChart() throws Exception {
        Files.createFile(go);
        settled("both", "");
        login(PHONE);
        browser.open(fixture.url("job/says/"));
        eventually("Of those accepted last, 1 have ended: 1 fulfilled, 0 rejected.");
    }

    @Test
    public void aPromiseIsFollowedWhileItRunsAndIsSubmittedAgain() throws Exception {
        String id = fixture.submit("both", "");
        login(WIDE);
        browser.open(fixture.url("promises/" + id));
        eventually("phase second");
        browser.run("document.querySelectorAll('promise-timeline details').forEach(d => { d.open = true; })");
        eventually("said");
        assertThat(browser.count(".promise-bar")).isGreaterThanOrEqualTo(5);
        Files.createFile(go);
        eventually("FULFILLED");
        browser.pressAndConfirm("form[action$='/again'] button");
        Eventually.until("another promise", PATIENCE, () -> !browser.url().endsWith(id));
        eventually("FULFILLED");
    }
}
