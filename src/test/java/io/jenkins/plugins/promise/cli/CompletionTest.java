package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** What the tabulator completes: what the commands take, what the controller has now, and what lies in the suite. */
public class CompletionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path suite;
    private LocalController controller;

    @Before
    public void start() throws IOException {
        home = folder.newFolder().toPath();
        suite = folder.newFolder().toPath();
        SuiteFolder jobs = new SuiteFolder(suite)
                .worker("greet", "true")
                .orchestration("say", "phase('talk') { worker job: 'greet', as: 'first' }");
        Files.createDirectories(suite.resolve("cases"));
        Files.writeString(suite.resolve("cases/good-day.yaml"), "this is: [no case yet");
        Files.createDirectories(suite.resolve("rehearsals/say"));
        Files.writeString(suite.resolve("rehearsals/say/quiet.yaml"), "");
        controller = new Controllers(home).start(jobs);
    }

    @After
    public void stop() {
        controller.close();
    }

    private String submit() throws Exception {
        Told told = Told.by(List.of("submit", "say", "--home", home.toString()));
        assertThat(told.exit()).as(told.err()).isZero();
        String id = Json.mapper().readTree(told.out()).path("id").asText();
        Eventually.until("settled", PATIENCE, () -> Json.mapper()
                .readTree(Told.by(List.of("status", id, "--json", "--home", home.toString()))
                        .out())
                .hasNonNull("settled"));
        return id;
    }

    /** What a line may go on with; the shell has its last word in one piece. */
    private static List<String> after(String line) {
        return after(line, line.substring(line.lastIndexOf(' ') + 1));
    }

    private static List<String> after(String line, String part) {
        Told told = Told.by(List.of("complete-line", "--", line, part));
        assertThat(told.err()).isEmpty();
        assertThat(told.exit()).isZero();
        return told.lines();
    }

    private String asked(String command) {
        return "promise " + command + " --home " + home + " ";
    }

    @Test
    public void commandsOptionsAndTheirWordsAreKnownWithoutAController() {
        assertThat(after("promise re")).containsExactlyInAnyOrder("redeliver", "rehearse", "resume");
        assertThat(after("promise ")).contains("submit", "farm").doesNotContain("complete-line");
        assertThat(after("promise farm s")).contains("status", "schema").doesNotContain("serve");
        assertThat(after("promise status --w")).containsExactly("--watch");
        assertThat(after("promise status --watch --w")).isEmpty();
        assertThat(after("promise list --state rej")).containsExactly("rejected");
        assertThat(after("promise list --state=rej")).containsExactly("--state=rejected");
        assertThat(after("promise list --state=rej", "rej")).containsExactly("rejected");
        assertThat(after("PROMISE_TOKEN='a b' promise completion z")).containsExactly("zsh");
        assertThat(after("promise check some-fol")).as("the shell knows files").isEmpty();
    }

    @Test
    public void jobsAndVersionsAreThoseOfTheControllerThatWouldBeAsked() {
        String say = after(asked("versions") + "say-").get(0);

        assertThat(say).startsWith("say-dev-");
        assertThat(after(asked("submit") + "")).containsExactlyInAnyOrder("greet", "say");
        assertThat(after(asked("submit") + "sa")).containsExactly("say");
        assertThat(after(asked("list") + "--job g")).containsExactly("greet");
        assertThat(after(asked("pause") + "say-d")).containsExactly(say);
        assertThat(after(asked("rollback say") + "--to ")).containsExactly(say);
        assertThat(after("promise submit --controller \"" + controller.url() + "\" gr"))
                .containsExactly("greet");
        assertThat(after("promise submit --home " + folder.getRoot() + "/nowhere s"))
                .isEmpty();
        assertThat(after("promise submit --controller http://127.0.0.1:1 s")).isEmpty();
    }

    @Test
    public void idsAreThoseOfTheNewestPromisesAndNeedNoCapitals() throws Exception {
        String first = submit();
        String second = submit();

        assertThat(after(asked("status"))).startsWith(second).contains(first).endsWith("@last");
        assertThat(after(asked("logs") + first.substring(0, 25).toLowerCase(java.util.Locale.ROOT)))
                .containsExactly(first);
        assertThat(after(asked("cancel") + "@")).containsExactly("@last");
        assertThat(after(asked("logs @last") + "f")).containsExactly("first");
    }

    @Test
    public void casesAndRehearsalsAreThoseOfTheSuiteEvenIfItIsNotRightYet() {
        assertThat(after("promise try " + suite + " --case g")).containsExactly("good-day");
        assertThat(after("promise drive " + suite + " --case ")).containsExactly("good-day");
        assertThat(after("promise try " + suite + " --job s")).containsExactly("say");
        assertThat(after("promise rehearse " + suite + " --only say/")).containsExactly("say/quiet");
        assertThat(after("promise try " + suite.resolve("nowhere") + " --case "))
                .isEmpty();
    }

    @Test
    public void whatAShellWouldNotTakeAsItStandsIsNotOffered() throws Exception {
        Files.writeString(suite.resolve("cases/good$(touch gone).yaml"), "");
        Files.writeString(suite.resolve("cases/good evening.yaml"), "");

        assertThat(after("promise drive " + suite + " --case g")).containsExactly("good-day");
    }

    @Test
    public void nothingIsBuiltForSomebodyWhoIsTyping() throws Exception {
        Path checkout = folder.newFolder().toPath();
        Path launcher = Files.copy(Path.of("promise"), checkout.resolve("promise"));
        Files.createDirectories(checkout.resolve("src/main"));
        Path pom = Files.writeString(checkout.resolve("pom.xml"), "<project/>");

        Process typing = new ProcessBuilder("bash", launcher.toString(), "complete-line", "--", "promise s", "s")
                .redirectErrorStream(true)
                .start();
        typing.getOutputStream().close();

        assertThat(new String(typing.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(typing.waitFor()).isZero();
        assertThat(pom.resolveSibling("target")).doesNotExist();
    }

    @Test
    public void aFolderOfAStrangerIsToldNothingElsewhere() throws Exception {
        Path work = folder.newFolder().toPath();
        Files.writeString(work.resolve("controller.json"), "{\"url\": \"http://192.0.2.7:9\"}");

        Told told = Told.by(List.of("status", "@last", "--home", work.toString(), "--token", "t"));
        assertThat(told.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(told.err()).contains("http://192.0.2.7:9, which is not this machine", "give --controller");
        assertThat(after("promise status --home " + work + " --token t ")).isEmpty();
    }

    @Test
    public void bashCompletes() throws Exception {
        String line = asked("submit") + "gr";

        assertThat(shell(
                        "bash",
                        "COMP_LINE='" + line + "' COMP_POINT=${#COMP_LINE}\n"
                                + "_promise_complete promise gr ''\nprintf '%s\\n' \"${COMPREPLY[@]}\""))
                .isEqualTo("greet\n");
    }

    @Test
    @Category(Whole.class)
    public void zshCompletes() throws Exception {
        assumeTrue(
                "no zsh here", Files.isExecutable(Path.of("/bin/zsh")) || Files.isExecutable(Path.of("/usr/bin/zsh")));

        assertThat(shell(
                        "zsh",
                        "function compadd { shift 2; print -l -- \"$@\" }\nfunction _files { print files }\n"
                                + "words=(promise submit --home '" + home
                                + "' gr)\nCURRENT=5\nPREFIX=gr\n_promise_complete\n"
                                + "words=(promise check gr)\nCURRENT=3\n_promise_complete"))
                .isEqualTo("greet\nfiles\n");
    }

    /** What bash 3.2, as macOS has it, makes of {@code source <(…)} is nothing, without a word. */
    @Test
    public void whatIsToldToLoadItLoadsItInOldShellsToo() throws Exception {
        List<String> told = List.of(
                Told.by(List.of("--help")).out(),
                Told.by(List.of("completion", "--help")).out(),
                Told.by(List.of("completion", "bash")).out(),
                Told.by(List.of("completion", "zsh")).out(),
                Files.readString(Path.of("docs/authors.md")));

        assertThat(told)
                .allSatisfy(t ->
                        assertThat(t).contains("eval \"$(promise completion ").doesNotContain("source <("));
    }

    /** Runs a script where {@code promise} is there and its completion loaded as people are told to. */
    private String shell(String shell, String script) throws Exception {
        Path file = folder.newFile(shell + ".sh").toPath();
        Files.writeString(
                file,
                "promise() { " + CommandProcess.shellCommand() + " \"$@\"; }\neval \"$(promise completion " + shell
                        + ")\"\n" + script + "\n");
        Process process = new ProcessBuilder(shell, file.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
