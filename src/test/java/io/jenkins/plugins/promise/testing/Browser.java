package io.jenkins.plugins.promise.testing;

import static org.junit.Assume.assumeTrue;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * This machine's Chromium, without a screen. Where there is none, the test is skipped and says so. A start costs more than
 * most tests do with it, so that one browser serves all tests of a process, each in a window of its own.
 */
public final class Browser {
    /** The name of other sites, all of which are this machine. */
    public static final String OTHER_SITE = "evil.example";

    private static final Duration CLICK_PATIENCE = Duration.ofSeconds(20);
    private static final Pattern REQUESTED = Pattern.compile("\"request\":\\{.*?\"url\":\"([^\"]+)\"");
    private static final int HEIGHT = 900;
    private static final URL AXE = Resources.getResource("axe.min.js");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** The browser of all tests of this process, as if it had been started just now. It ends with the process. */
    public static Browser ofThisProcess() {
        Optional<Path> chromium = program("chromium", "google-chrome");
        Optional<Path> chromedriver = program("chromedriver");
        assumeTrue(
                "no chromium with chromedriver here (Debian: chromium, chromium-driver)",
                chromium.isPresent() && chromedriver.isPresent());
        Browser browser = OfThisProcess.BROWSER;
        browser.renew();
        return browser;
    }

    private static Browser start(Path chromium, Path chromedriver) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--lang=en-GB",
                "--host-resolver-rules=MAP " + OTHER_SITE + " 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit, "browser-end"));
        return new Browser(driver);
    }

    /** Leaves nothing of the test before: no page, no way of looking, no login, nothing that was told of it. */
    private void renew() {
        Set<String> before = driver.getWindowHandles();
        String now = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        for (String window : before) {
            driver.switchTo().window(window).close();
        }
        driver.switchTo().window(now);
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        patience(CLICK_PATIENCE);
        var unused = List.of(requested(), complaints());
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(n -> Stream.of(System.getenv("PATH").split(":", -1)).map(f -> Path.of(f, n)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Looks as wide as that from now on, in light or dark. */
    public Browser looks(int width, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** Runs no scripts of pages from now on. */
    public void withoutScripts(boolean without) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", without));
    }

    /** Opens a page. */
    public Browser open(String url) {
        driver.get(url);
        return this;
    }

    /** Where it is now. */
    public String url() {
        return driver.getCurrentUrl();
    }

    /** What the page says, read by one script: a page may be left between finding its body and asking what it says. */
    public String text() {
        return (String) driver.executeScript("return document.body === null ? '' : document.body.innerText");
    }

    /** The first element of that kind. */
    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Clicks on the first element of that kind; on the one in its place where the page has changed meanwhile. */
    public void click(String css) throws Exception {
        Eventually.until("a click on " + css, CLICK_PATIENCE, () -> {
            try {
                find(css).click();
                return true;
            } catch (StaleElementReferenceException e) {
                return false;
            }
        });
    }

    /** How many elements of that kind there are. */
    public int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    /** Presses a button of a form that asks first. */
    public void pressAndConfirm(String css) {
        find(css).click();
        driver.switchTo().alert().accept();
    }

    /** Presses a key. */
    public void key(CharSequence key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** What the keyboard is on, and of what the page says whether it shows it. */
    public String focused() {
        return driver.switchTo().activeElement().getText();
    }

    /** Runs a script in the page; what it returns. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What keeps some people from using this page; empty for nothing. */
    public List<String> barriers() {
        return barriers("html", ".nothing");
    }

    /**
     * What keeps some people from using a part of this page; empty for nothing.
     *
     * @param css the part
     * @param but what in it somebody else has made
     */
    public List<String> barriers(String css, String but) {
        try {
            driver.executeScript(Resources.toString(AXE, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Object found = driver.executeAsyncScript(
                "const done = arguments[2]; axe.run({ include: [arguments[0]], exclude: [arguments[1]] }, {"
                        + " resultTypes: ['violations'] }).then(r => done(r.violations.flatMap(v => v.nodes.map(n => v.id"
                        + " + ': ' + n.target + ' ' + n.failureSummary))), e => done([String(e)]));",
                css,
                but);
        List<String> barriers = new ArrayList<>();
        ((List<?>) found).forEach(b -> barriers.add(String.valueOf(b)));
        return barriers;
    }

    /** How much wider the page is than what shows it. */
    public long overhang() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** The innermost parts of a page that reach over its right edge, for whoever has to mend it. */
    public Object widest() {
        return driver.executeScript("return [...document.querySelectorAll('body *')].filter(e =>"
                + " e.getBoundingClientRect().right > document.documentElement.clientWidth && ![...e.children].some(c =>"
                + " c.getBoundingClientRect().right > document.documentElement.clientWidth)).map(e => e.localName + '.' +"
                + " e.className + '#' + e.id)");
    }

    /** Every address that was asked for since this was asked last, but for what the browser has itself. */
    public List<String> requested() {
        List<String> urls = new ArrayList<>();
        driver.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            Matcher request = REQUESTED.matcher(entry.getMessage());
            if (entry.getMessage().contains("Network.requestWillBeSent\"") && request.find()) {
                urls.add(request.group(1));
            }
        });
        return urls.stream()
                .filter(u -> !u.startsWith("data:") && !u.startsWith("chrome"))
                .toList();
    }

    /** What the browser complained of since this was asked last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** Writes what is seen now as a PNG file. */
    public void picture(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Writes the whole page as a PNG file, as high as it is; it stays so high until it is told how it looks again. */
    public void wholePicture(Path file) throws IOException {
        asHighAsItIs();
        picture(file);
    }

    /** The same of the first element of that kind. */
    public void pictureOf(String css, Path file) throws IOException {
        asHighAsItIs();
        Files.write(file, find(css).getScreenshotAs(OutputType.BYTES));
    }

    private void asHighAsItIs() {
        Object width = driver.executeScript("return window.innerWidth");
        Object height = driver.executeScript("return document.documentElement.scrollHeight");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** How long scripts may take. */
    public void patience(Duration patience) {
        driver.manage().timeouts().scriptTimeout(patience);
    }

    private static final class OfThisProcess {
        private static final Browser BROWSER = start(
                program("chromium", "google-chrome").orElseThrow(),
                program("chromedriver").orElseThrow());
    }
}
