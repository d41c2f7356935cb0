package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is done with promises every day: list, status, logs, cancel, redeliver, again. */
public class PromiseCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Path gate;
    private LocalController controller;

    @Before
    public void start() throws IOException {
        home = folder.newFolder().toPath();
        gate = folder.getRoot().toPath().resolve("gate");
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "greet",
                        "echo \"begin $NAME\"\nwhile [ ! -e '" + gate + "' ]; do sleep 0.05; done\necho \"end ä\"\n"
                                + "[ \"$NAME\" != nobody ]",
                        "inputs:",
                        "  NAME: { required: true }")
                .orchestration(
                        "say",
                        "phase('talk') { worker job: 'greet', as: 'first', inputs: [NAME: inputs.NAME] }",
                        "inputs:",
                        "  NAME: { required: true }",
                        "  PASS: { type: secret }",
                        "  BACK: { type: callback, receives: report }");
        controller = new Controllers(home).start(suite);
    }

    @After
    public void stop() {
        controller.close();
    }

    private Told promise(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", home.toString()));
        return Told.by(all);
    }

    private String submit(String name, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("submit", "say", "-i", "NAME=" + name));
        arguments.addAll(List.of(more));
        Told told = promise(arguments.toArray(String[]::new));
        assertThat(told.exit()).as(told.err()).isZero();
        return Json.mapper().readTree(told.out()).path("id").asText();
    }

    private void open() throws IOException {
        Files.writeString(gate, "");
    }

    private void settled(String id) throws Exception {
        Eventually.until("settled", PATIENCE, () -> Json.mapper()
                .readTree(promise("status", id, "--json").out())
                .hasNonNull("settled"));
    }

    @Test
    public void listsWhatIsOpenWhatWasRejectedAndWhatHoldsAWord() throws Exception {
        String waits = submit("ann");
        assertThat(promise("list").out()).contains(waits, "say-dev-").doesNotContain("greet-dev-");
        assertThat(promise("list").err()).isEqualTo("1 promise\n");
        open();
        settled(waits);
        String bad = submit("nobody");
        settled(bad);

        Told rejected = promise("list", "--state", "rejected", "--job", "say");
        assertThat(rejected.out()).contains(bad, "rejected", "first").doesNotContain(waits);
        assertThat(promise("list", "--state", "all", "nobo").out())
                .contains(bad)
                .doesNotContain(waits);
        assertThat(promise("list").err())
                .isEqualTo("no promise is open; those that are done: promise list --state all\n");
        assertThat(promise("list", "--job", "nothing").err()).isEqualTo("no promise is like that\n");
        Told page = promise("list", "--state", "all", "--limit", "1");
        assertThat(page.out()).contains(bad).doesNotContain(waits);
        assertThat(page.err()).isEqualTo("1 of 2 promises; more with --after " + bad + "\n");
        assertThat(promise("list", "--state", "all", "--after", bad).out()).contains(waits);
        assertThat(Json.mapper()
                        .readTree(promise("list", "--state", "all", "--json").out())
                        .path("count")
                        .asInt())
                .isEqualTo(2);

        Told wrong = promise("list", "--state", "lost");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("state must be one of all, open,", "not 'lost'");
    }

    @Test
    public void aPromiseIsMeantByTheBeginningOfItsIdOrAsTheLast() throws Exception {
        Told none = promise("status", "@last");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).isEqualTo("there is no promise yet\n");
        String first = submit("ann");
        String second = submit("bob");

        assertThat(promise("status", "@last", "--json").out()).contains("\"id\" : \"" + second + "\"");
        int common = 0;
        while (first.charAt(common) == second.charAt(common)) {
            common++;
        }
        String begin = first.substring(0, common + 1);
        assertThat(promise("status", begin.toLowerCase(Locale.ROOT), "--json").out())
                .contains("\"id\" : \"" + first + "\"");
        Told both = promise("cancel", first.substring(0, common));
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("more than one promise's id begins with ", first, second);
        Told nothing = promise("cancel", "7ZZZ");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).isEqualTo("there is no promise whose id begins with 7ZZZ\n");
    }

    @Test
    public void followsTheLogOfAWorkerFromBeforeItIsThereToItsEnd() throws Exception {
        String id = submit("ann", "-i", "PASS=hunter2");
        CompletableFuture<Told> followed =
                CompletableFuture.supplyAsync(() -> promise("logs", id, "first", "--follow"));
        Eventually.until("it has begun", PATIENCE, () -> promise("logs", id, "first")
                .out()
                .contains("begin ann"));
        assertThat(followed).isNotDone();
        open();

        Told whole = followed.get();
        assertThat(whole.exit()).as(whole.err()).isZero();
        assertThat(whole.out()).isEqualTo(promise("logs", id, "first").out()).contains("begin ann\n", "end ä\n");
        settled(id);
        assertThat(promise("logs", id).out()).contains("phase talk: first");
        Told unknown = promise("logs", id, "second", "-f");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("it has no worker second; it has first\n");
    }

    @Test
    public void cancelsAndSubmitsAgainWithTheSameSecrets() throws Exception {
        String id = submit("ann", "-i", "PASS=hunter2", "-i", "BACK=http://127.0.0.1:1/nobody");
        Eventually.until("it has begun", PATIENCE, () -> promise("logs", id, "first")
                .out()
                .contains("begin ann"));
        assertThat(promise("cancel", id).out()).isEqualTo(id + " rejected\n");
        assertThat(promise("status", id).out())
                .as("no worker of it goes on for ever")
                .containsPattern("(not done|FAILURE) +first")
                .doesNotContain("…");
        Told twice = promise("cancel", id);
        assertThat(twice.exit()).isEqualTo(2);
        assertThat(twice.err()).contains("settled");
        assertThat(promise("redeliver", id).out()).isEqualTo(id + ": sent again to 1 callback\n");

        Told again = promise("again", id);
        assertThat(again.exit()).as(again.err()).isZero();
        String other = Json.mapper().readTree(again.out()).path("id").asText();
        assertThat(other).isNotEqualTo(id);
        JsonNode told =
                Json.mapper().readTree(promise("status", other, "--json").out());
        assertThat(told.at("/inputs/NAME").asText()).isEqualTo("ann");
        assertThat(told.at("/inputs/PASS").asText()).isEqualTo("****");
        assertThat(told.at("/inputs/BACK").asText()).isEqualTo("http://127.0.0.1:1/nobody");
        Eventually.until(
                "its worker runs",
                PATIENCE,
                () -> promise("logs", other, "first").exit() == 0);
        String worker = Json.mapper()
                .readTree(promise("status", other, "--json").out())
                .at("/phases/0/workers/0/promise")
                .asText();
        Told called = promise("again", worker);
        assertThat(called.exit()).isEqualTo(2);
        assertThat(called.err()).contains("an orchestration has called it; submit that one again: " + other);
        open();
        settled(other);
    }

    @Test
    public void tellsOfAFailedWorkerWithTheLastLinesOfItsLogAndInTheTimeOfThisMachine() throws Exception {
        String id = submit("nobody", "-i", "BACK=http://127.0.0.1:1/nobody");
        Told waits = promise("status", id);
        assertThat(waits.out()).contains("running", "first").doesNotContain("\u001b");
        CompletableFuture<Told> watched = CompletableFuture.supplyAsync(() -> promise("status", "@last", "--watch"));
        open();

        Told told = watched.get();
        assertThat(told.exit()).as(told.err()).isZero();
        String accepted = Json.mapper()
                .readTree(promise("status", id, "--json").out())
                .path("accepted")
                .asText();
        assertThat(told.out())
                .startsWith("REJECTED  say-dev-")
                .contains(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .format(Instant.parse(accepted).atZone(ZoneId.systemDefault())))
                .contains(
                        "phase talk\n  FAILURE   first",
                        "│ begin nobody\n    │ end ä\n",
                        "all of its log: promise logs " + id)
                .contains("report to http://127.0.0.1:1/nobody: WAITING");
        assertThat(told.err()).contains("rejected say-dev-").contains(": ").contains("first");
    }

    @Test
    public void aMistakeIsToldInOneLineWithTheNearestWordAndWhereHelpIs() {
        Told option = promise("status", "@last", "--wach");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err())
                .isEqualTo("promise status: Unknown option: '--wach'; did you mean '--watch'?"
                        + " (promise status --help)\n");
        assertThat(Told.by(List.of("submit", "greet", "--inptu=A=b")).err())
                .isEqualTo("promise submit: Unknown option: '--inptu=A=b'; did you mean '--input'?"
                        + " (promise submit --help)\n");
        assertThat(Told.by(List.of("sattus")).err())
                .isEqualTo("promise: there is no command 'sattus'; did you mean 'status'? (promise --help)\n");
        assertThat(Told.by(List.of("env", "frezze", "test")).err())
                .isEqualTo("promise env: there is no command 'frezze'; did you mean 'freeze'? (promise env --help)\n");
        assertThat(Told.by(List.of("complete-lime")).err()).doesNotContain("complete-line");
        assertThat(Told.by(List.of("status")).err())
                .isEqualTo("promise status: Missing required parameter: 'ID' (promise status --help)\n");
        assertThat(Told.by(List.of("completion", "bsah")).err())
                .isEqualTo("promise completion: Invalid value for positional parameter at index 0 (SHELL): expected one"
                        + " of [bash, zsh], not 'bsah'; did you mean 'bash'? (promise completion --help)\n");
        assertThat(Told.by(List.of("submit", "greet", "--key")).err()).hasLineCount(1);
        assertThat(Told.by(List.of()).err())
                .startsWith("promise: Which command?")
                .contains("Usage: promise", "rollback");
    }
}
