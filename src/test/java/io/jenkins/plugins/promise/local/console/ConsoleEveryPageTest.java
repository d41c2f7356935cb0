package io.jenkins.plugins.promise.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.openqa.selenium.Keys;

/** Every page of the console, each with something on it, as everybody has it. */
public class ConsoleEveryPageTest extends ConsoleInBrowser {
    private static final Path TEMPLATES = Path.of("src/main/jte");
    /** What the keyboard comes to, as far as it is shown. */
    private static final String REACHABLE =
            "return [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex=\"0\"]')]"
                    + ".filter(e => e.checkVisibility()).length";
    /** Marks what the keyboard is on, and tells whether it was there before; no outline is told too. */
    private static final String TAKEN =
            "const e = document.activeElement; if (e === document.body || e.dataset.taken) { return 'all'; }"
                    + " e.dataset.taken = 'yes'; const s = getComputedStyle(e);"
                    + " return s.outlineStyle === 'none' || s.outlineWidth === '0px' ? e.outerHTML : '';";

    private List<Shown> pages;

    /** A page, of which template, and what everybody must be able to read there. */
    private record Shown(String template, String path, List<String> words) {
        Shown(String template, String path, String... words) {
            this(template, path, List.of(words));
        }
    }

    @Before
    public void start() throws Exception {
        receiver.on("/gone", (exchange, count) -> exchange.sendResponseHeaders(410, -1));
        String old = latestBreak();
        restartWithAnotherBreak();
        pages = pages(old);
    }

    private List<Shown> pages(String old) throws Exception {
        String waiting = submit("tour", Map.of("GO", "/never", "REPORT_URL", receiver.url("/ok")));
        Eventually.until(
                "the pause",
                PATIENCE,
                () -> http.get("/promises/" + waiting).json().path("phases").size() == 2);
        String broken = submit("break", Map.of());
        String failing = submit("greet", Map.of("NAME", "Ann", "REPORT_URL", receiver.url("/nobody-is-here")));
        String gone = submit("greet", Map.of("NAME", "Bob", "REPORT_URL", receiver.url("/gone")));
        for (String id : List.of(broken, failing, gone)) {
            http.settled(id, PATIENCE);
        }
        Eventually.until(
                "one is stuck, and one is given up",
                PATIENCE,
                () -> http.get("/promises/attention").json().path("count").asInt() == 2);
        String latest = latestBreak();
        String prune = "/console/prune?olderThan=1s";
        Eventually.until("the old version may go", PATIENCE, () -> http.get(prune, ConsoleSuite.PAGE)
                .body()
                .contains("These would go"));
        return List.of(
                new Shown("promises", "/", waiting, "REJECTED", "2 need attention"),
                new Shown("promise", "/promises/" + waiting, "RUNNING", "phase greetings", "ann", "UTC"),
                new Shown("promise", "/promises/" + broken, "REJECTED", "exit code 3", "It was given none."),
                new Shown("promise", "/promises/" + failing, "FULFILLED", "greeted", "HTTP 404"),
                new Shown("promise", "/promises/" + gone, "GIVEN_UP", "HTTP 410"),
                new Shown("jobs", "/promises/jobs", "Greets somebody.", "tour"),
                new Shown(
                        "job", "/promises/jobs/greet", "Whom to greet.", "Contract", "Attempts when a machine is lost"),
                new Shown("job", "/promises/jobs/break", "Versions", old, latest),
                new Shown(
                        "diff",
                        "/console/jobs/break/diff?from=" + old + "&to=" + latest,
                        "-echo 'the lid is off'",
                        "+echo 'the lid is on'"),
                new Shown("environments", "/promises/environments", "test", "production", "candidate 3 (api)"),
                new Shown("environment", "/promises/environments/test", "integrated", "web nothing"),
                new Shown("attention", "/console/attention", "Stuck", failing, "Undelivered", gone),
                new Shown("attention", "/promises/attention", "Stuck", failing, "Undelivered", gone),
                new Shown("prune", prune, "These would go", old),
                new Shown("health", "/console/health", "Executors", "Dispatch window", "Ledger", "Controllers"),
                new Shown("problem", "/nowhere", "there is nothing at /nowhere"));
    }

    @Test
    public void noPageIsForgotten() throws IOException {
        TreeSet<String> made = new TreeSet<>();
        try (Stream<Path> templates = Files.list(TEMPLATES)) {
            for (Path template : templates.toList()) {
                if (Files.readString(template).contains("@template.layout(")) {
                    made.add(template.getFileName().toString().replace(".jte", ""));
                }
            }
        }
        TreeSet<String> shown = new TreeSet<>(List.of("login"));
        pages.forEach(p -> shown.add(p.template()));
        assertThat(shown).as("the log in is looked at by ConsoleBrowserTest").isEqualTo(made);
    }

    @Test
    @Category(Whole.class)
    public void everybodyCanUseEveryPageLightAndDarkAndOnAPhone() throws Exception {
        List<String> barriers = new ArrayList<>();
        for (Shown page : pages) {
            for (int width : new int[] {WIDE, PHONE}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.looks(width, dark).open(controller.url() + page.path());
                    // What is folded is looked at too.
                    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                    look(page.path() + " at " + width + (dark ? " dark: " : " light: "), barriers);
                }
            }
        }
        browser.looks(PHONE, false).open(controller.url() + "/promises/jobs/greet");
        browser.find("#input-TIMES").sendKeys("many");
        browser.find("#input-NAME").sendKeys("Ann", Keys.ENTER);
        Eventually.until("what is wrong", PATIENCE, () -> browser.text().contains("TIMES must be a whole number"));
        look("a form that was refused: ", barriers);
        assertThat(barriers).isEmpty();
        assertThat(browser.requested()).isNotEmpty().allMatch(u -> u.startsWith(controller.url() + "/"));
        assertThat(browser.complaints()).allMatch(c -> c.contains("/nowhere") || c.contains("/submit"));
    }

    private void look(String where, List<String> barriers) {
        browser.barriers().forEach(b -> barriers.add(where + b));
        if (browser.overhang() > 0) {
            barriers.add(where + "is " + browser.overhang() + " px too wide: " + browser.widest());
        }
    }

    @Test
    @Category(Whole.class)
    public void everythingIsReachedWithTheKeyboardAndShowsIt() throws Exception {
        for (Shown page : pages) {
            browser.looks(WIDE, false).open(controller.url() + page.path());
            Eventually.until(
                    "what is live is there",
                    PATIENCE,
                    () -> browser.count("promise-timeline") == 0 || browser.count(".promise-row") > 0);
            long reached = 0;
            browser.key(Keys.TAB);
            for (String unseen = taken(); !unseen.equals("all"); unseen = taken()) {
                assertThat(unseen)
                        .as("%s: where the keyboard is, is seen", page.path())
                        .isEmpty();
                reached++;
                browser.key(Keys.TAB);
            }
            assertThat(reached).as(page.path()).isGreaterThanOrEqualTo((Long) browser.run(REACHABLE));
        }
    }

    private String taken() {
        return (String) browser.run(TAKEN);
    }

    @Test
    public void everyPageIsReadWithoutScripts() throws Exception {
        browser.withoutScripts(true);
        for (Shown page : pages) {
            browser.looks(WIDE, false).open(controller.url() + page.path());
            assertThat(browser.text()).as(page.path()).contains(page.words());
        }
        browser.open(controller.url() + pages.get(3).path());
        browser.click("main a[href$='/log']");
        assertThat(browser.text()).contains("hello Ann");
    }
}
