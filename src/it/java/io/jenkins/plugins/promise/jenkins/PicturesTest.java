package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import hudson.model.AdministrativeMonitor;
import hudson.model.Label;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.testing.Browser;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The pictures of docs/jenkins.md; each page is looked at whole, with its icons, by who may do everything there. */
public final class PicturesTest {
    /** {@code -Dpictures=docs} makes the pictures of the documentation anew. */
    private static final Path PICTURES = Path.of(System.getProperty("pictures", "target/pictures"));

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int WIDE = 1_200;
    /** What Jenkins draws for an icon that it does not find. */
    private static final String NO_ICON = "M368 368L144 144M368 144L144 368";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private Browser browser;
    private Path go;

    @Before
    public void start() throws Exception {
        browser = Browser.ofThisProcess();
        browser.patience(PATIENCE);
        browser.looks(WIDE, false);
        go = folder.getRoot().toPath().resolve("go");
        jenkins.jenkins.setNumExecutors(6);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        PromiseFixture.allowLoopback();
        for (AdministrativeMonitor monitor : AdministrativeMonitor.all()) {
            // What Jenkins says of a test is nothing for the documentation.
            monitor.disable(true);
        }
    }

    @After
    public void stop() throws IOException {
        if (!Files.exists(go)) {
            Files.createFile(go);
        }
    }

    private Browser open(String path) throws IOException {
        return browser.looks(WIDE, false).open(fixture.url(path));
    }

    private void eventually(String text) throws Exception {
        Eventually.until(text, PATIENCE, () -> browser.text().contains(text));
    }

    /** What is seen now has its icons, and is no wider than the window. */
    private void isWhole() {
        assertThat(browser.run(
                        "return [...document.querySelectorAll('#page-header svg, #breadcrumbBar svg, #side-panel svg,"
                                + " .jenkins-app-bar svg')].filter(s => s.checkVisibility() &&"
                                + " s.innerHTML.includes(arguments[0])).length",
                        NO_ICON))
                .as("icons that Jenkins does not find")
                .isEqualTo(0L);
        assertThat(browser.overhang()).as("%s", browser.widest()).isZero();
    }

    /** Where it is tested, Jenkins shows what its scripts log. */
    private void asOutsideOfTests() {
        browser.run("document.querySelectorAll('.yui-log-container, .yui-log').forEach(e => e.remove())");
    }

    private void picture(String name) throws IOException {
        isWhole();
        asOutsideOfTests();
        browser.run("document.activeElement.blur()");
        browser.wholePicture(PICTURES.resolve("jenkins-" + name + ".png"));
    }

    private String settled(String job, String form) throws Exception {
        String id = fixture.submit(job, form);
        fixture.settled(id);
        return id;
    }

    private void deploy(int number) throws Exception {
        HttpResponse<String> deployed =
                fixture.post("promises/deploy", SuiteTest.suite(number, "hello"), fixture.user("admin"));
        assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);
    }

    /** A job that prices a part in two phases, one that fails, one that no machine can run; a promise that runs. */
    private String quotes() throws Exception {
        fixture.worker("measure", "printf '{\"reason\": \"1000 mm3\", \"data\": {\"volume\": 1000}}' > report.json");
        fixture.worker(
                "mesh-check",
                "echo 'part.stl has 12 facets'; echo 'looks for holes'; while [ ! -e '" + go
                        + "' ]; do sleep 0.2; done");
        fixture.worker("render", "true").setAssignedLabel(Label.get("linux&&gpu"));
        fixture.worker("prices", "printf '{\"reason\": \"12.70\"}' > report.json");
        fixture.orchestration("failing", "report status: 'FAILURE', reason: 'the mesh has 2 holes'");
        fixture.orchestration("views", "phase('render') { worker job: 'render' }");
        fixture.orchestration("price", "report reason: worker(job: 'prices').reason");
        fixture.orchestration(
                "quote",
                "phase('inspect') {\n    worker job: 'measure'\n    worker job: 'mesh-check'\n}\n"
                        + "phase('price') { worker job: 'prices' }",
                PromiseFixture.input("SOURCE", "uri", false),
                PromiseFixture.input("REPORT", "callback", false));
        settled("price", "");
        settled("price", "");
        settled("failing", "");
        fixture.submit("views", "");
        String quote = fixture.submit("quote", "SOURCE=s3://parts/cube.stl");
        Eventually.until("one has measured, and one looks", PATIENCE, () -> fixture.promise(quote)
                .at("/phases/0/workers")
                .findValuesAsText("state")
                .equals(List.of("FULFILLED", "RUNNING")));
        return quote;
    }

    @Test
    public void promisesAndOneOfThem() throws Exception {
        String quote = quotes();
        fixture.login(browser);
        open("promises/");
        eventually("Needs attention");
        assertThat(browser.text()).contains("linux&&gpu", "FULFILLED", "the mesh has 2 holes");
        picture("promises");

        promise(quote);
        picture("promise");
        dark();
        promise(quote);
        assertThat(browser.run("return getComputedStyle(document.body).colorScheme"))
                .isNotNull();
        picture("promise-dark");
    }

    private void promise(String id) throws Exception {
        open("promises/" + id);
        eventually("Log of mesh-check");
        browser.run("[...document.querySelectorAll('promise-timeline summary')]"
                + ".find(s => s.textContent.includes('mesh-check')).click()");
        eventually("looks for holes");
    }

    /** Chooses the dark theme, where there is one. */
    private void dark() throws Exception {
        assumeTrue("no dark theme is installed", jenkins.jenkins.getPlugin("dark-theme") != null);
        Path yaml = folder.newFile("dark.yaml").toPath();
        Files.writeString(yaml, "appearance:\n  themeManager:\n    disableUserThemes: true\n    theme: dark\n");
        ConfigurationAsCode.get().configure(yaml.toString());
    }

    @Test
    public void aSuite() throws Exception {
        deploy(1);
        deploy(2);
        deploy(3);
        fixture.login(browser);
        open("job/suite/");
        browser.find("#main-panel summary").click();
        eventually("greet-v1-aaaaaaa");
        assertThat(browser.run(
                        "return [...new Set([...document.querySelectorAll('#main-panel .promises-actions .jenkins-button')]"
                                + ".filter(b => b.checkVisibility()).map(b => b.offsetHeight))].length"))
                .as("heights that buttons have, those of older versions too")
                .isEqualTo(1L);
        picture("suite");
    }

    @Test
    public void aContractAndTheConfiguration() throws Exception {
        WorkflowJob quote =
                fixture.orchestration("quote", "report data: 1", PromiseFixture.input("SOURCE", "uri", true));
        PromiseConfiguration.get().setReceivers("platform.example\n*.internal.example");
        fixture.login(browser);
        open(quote.getUrl() + "configure");
        eventually("Submit token");
        part("//label[normalize-space()='Promise contract']", ".optionalBlock-container", "contract");

        open("manage/configure");
        eventually("Allowed receivers");
        part(
                "//*[contains(@class,'jenkins-section__title')][normalize-space()='Promise jobs']",
                "section",
                "configuration");
    }

    /** A part of a form: what stands around its title. */
    private void part(String title, String around, String name) throws IOException {
        asOutsideOfTests();
        browser.run(
                "document.evaluate(arguments[0], document, null, XPathResult.FIRST_ORDERED_NODE_TYPE)"
                        + ".singleNodeValue.closest(arguments[1]).id = 'pictured'",
                title,
                around);
        browser.pictureOf("#pictured", PICTURES.resolve("jenkins-" + name + ".png"));
    }

    @Test
    public void environmentsAndOneOfThem() throws Exception {
        EnvironmentFixture environments =
                new EnvironmentFixture(fixture, folder.newFolder("marks").toPath());
        environments.declare(
                EnvironmentRules.integration("test"),
                EnvironmentRules.after("production", "test").approved(Duration.ofHours(24)));
        environments.worlds();
        String first = tested(environments, "API=5ab0d1c&WEB=e07c44a");
        released(environments, first);
        String second = tested(environments, "API=9f31e20");
        String waits = fixture.submit("release", "WHERE=production&MANIFEST=" + second);
        environments.awaitWaits(waits, "approval");
        fixture.login(browser);

        open("promises/environments");
        eventually("Approve this combination");
        assertThat(browser.text()).contains("5ab0d1c", "9f31e20", "Freeze production");
        assertThat(browser.barriers("#main-panel", ".jenkins-menu-dropdown-chevron"))
                .isEmpty();
        picture("environments");

        open("promises/environments/production");
        eventually("What was here");
        assertThat(browser.text()).contains("released", "api nothing → 5ab0d1c");
        assertThat(browser.barriers("#main-panel", ".jenkins-menu-dropdown-chevron"))
                .isEmpty();
        picture("environment");
    }

    @Test
    public void componentsThatAreWatched() throws Exception {
        WatchFixture watch = new WatchFixture(fixture, folder.getRoot().toPath().resolve("shop"));
        watch.made();
        watch.jobs();
        WatchFixture.watch("5m");
        watch.declared();
        watch.passed();
        String broken = watch.committed("web/broken", "");
        watch.pushed();
        watch.awaitTold("web at " + broken.substring(0, 7));
        fixture.login(browser);

        open("promises/components");
        eventually("All branches are looked at every 5m.");
        assertThat(browser.text()).contains("web at " + broken.substring(0, 7), "Last error");
        assertThat(browser.barriers("#main-panel", ".jenkins-menu-dropdown-chevron"))
                .isEmpty();
        // Where the repository of a test lies is nothing for the documentation.
        browser.run("document.querySelectorAll('#main-panel small')"
                + ".forEach(e => { e.textContent = 'https://git.example/shop.git' })");
        picture("components");
    }

    private String tested(EnvironmentFixture environments, String commits) throws Exception {
        return environments
                .report(fixture.submit("integrate", commits + "&WHERE=test"))
                .at("/data/mine/manifest")
                .asText();
    }

    private void released(EnvironmentFixture environments, String manifest) throws Exception {
        String release = fixture.submit("release", "WHERE=production&MANIFEST=" + manifest);
        environments.awaitWaits(release, "approval");
        fixture.post("promises/environments/production/approve?manifest=" + manifest, "", fixture.user("admin"));
        assertThat(environments.reason(release)).isEqualTo("manifest " + manifest + " is released");
    }
}
