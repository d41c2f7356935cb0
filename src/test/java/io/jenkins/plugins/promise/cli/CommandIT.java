package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.CommandProcess;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** The command line as a person meets it: processes, their output and their exit codes. */
public class CommandIT {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path here;
    private SuiteFolder suite;

    @Before
    public void prepare() throws IOException {
        here = folder.newFolder().toPath();
        suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "greet",
                        "[ \"$NAME\" != nobody ] || { echo 'nobody is there' >&2; exit 4; }\n"
                                + "printf '{\"data\": {\"greeting\": \"hello %s\"}}' \"$NAME\" > report.json",
                        "inputs:",
                        "  NAME: { required: true }",
                        "  BACK: { required: true, type: callback, receives: report }",
                        "token: ${GREET_TOKEN}");
    }

    private CommandProcess promise(String... arguments) throws Exception {
        return CommandProcess.run(here, arguments);
    }

    @Test
    @Category(Whole.class)
    public void triesASuiteOfSomebodyElse() throws Exception {
        CommandProcess good = promise("try", suite.root().toString(), "--job", "greet", "--input", "NAME=ann");
        assertThat(good.await()).as(good.err()).isZero();
        assertThat(Json.mapper().readTree(good.out()).at("/data/greeting").asText())
                .isEqualTo("hello ann");

        CommandProcess bad = promise("try", suite.root().toString(), "--job", "greet", "-i", "NAME=nobody");
        assertThat(bad.await()).isEqualTo(1);
        JsonNode report = Json.mapper().readTree(bad.out());
        assertThat(report.path("reason").asText()).contains("exit code 4");
        assertThat(report.at("/log/tail/0").asText()).isEqualTo("nobody is there");
    }

    @Test
    @Category(Whole.class)
    public void tellsWrongUse() throws Exception {
        CommandProcess missing = promise("try", suite.root().toString(), "--job", "greet");
        assertThat(missing.await()).isEqualTo(2);
        assertThat(missing.err()).contains("NAME is required").doesNotContain("Exception", "\tat ");
        assertThat(missing.out()).isEmpty();

        CommandProcess unknown = promise("try", suite.root().toString(), "--job", "gret");
        assertThat(unknown.await()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'greet'?");

        CommandProcess noUser = promise("versions", "--controller", "http://127.0.0.1:9", "--user", "ann");
        assertThat(noUser.await()).isEqualTo(2);
        assertThat(noUser.err()).contains("--user must be NAME:API-TOKEN");

        CommandProcess noSuite = promise("check", "nowhere");
        assertThat(noSuite.await()).isEqualTo(1);
        assertThat(noSuite.out()).contains("nowhere: is not a folder");
        for (String command : List.of("check", "try", "compile", "rehearse", "serve")) {
            CommandProcess empty = promise(command);
            assertThat(empty.await()).as(command).isNotZero();
            assertThat(empty.out() + empty.err())
                    .as(command)
                    .contains(here.toRealPath() + ": is no suite")
                    .doesNotContain("quote", "\tat ");
        }

        for (String command : List.of("deploy", "drive")) {
            CommandProcess empty = promise(command, "--controller", "http://127.0.0.1:1");
            assertThat(empty.await()).as(command).isEqualTo(2);
            assertThat(empty.err()).as(command).contains(here.toRealPath() + ": is no suite");
        }
        CommandProcess everybody = promise("serve", suite.root().toString(), "--open", "--host", "0.0.0.0");
        assertThat(everybody.await()).isEqualTo(2);
        assertThat(everybody.err()).contains("--open asks for no token; it goes with a loopback --host only");

        CommandProcess typo = promise("serv");
        assertThat(typo.await()).isEqualTo(2);
        assertThat(typo.err()).contains("serve");

        CommandProcess nobody = promise("submit", "greet", "--controller", "http://127.0.0.1:1", "-i", "NAME=a");
        assertThat(nobody.await()).isEqualTo(3);
        assertThat(nobody.err()).contains("http://127.0.0.1:1").doesNotContain("\tat ");

        CommandProcess notHere = promise("status", "01HZZZZZZZZZZZZZZZZZZZZZZZ");
        assertThat(notHere.await()).isEqualTo(3);
        assertThat(notHere.err()).contains("promise serve");
    }

    @Test
    @Category(Whole.class)
    public void secretInputsComeFromAFileOrAVariableAndOnesOnTheCommandLineAreWarnedOf() throws Exception {
        Path file = here.resolve("pass.txt");
        Files.writeString(file, "hunter2\n");
        suite.worker(
                "open",
                "[ \"$PASS\" = hunter2 ] && [ \"$OTHER\" = from-variable ]",
                "inputs: { PASS: { type: secret, required: true }, OTHER: { required: true } }");
        String root = suite.root().toString();

        CommandProcess good = CommandProcess.start(
                here,
                Map.of("THE_OTHER", "from-variable"),
                List.of(
                        "try",
                        root,
                        "--job",
                        "open",
                        "--input-file",
                        "PASS=pass.txt",
                        "--input-env",
                        "OTHER=THE_OTHER"));
        assertThat(good.await()).as(good.err()).isZero();
        assertThat(good.err()).doesNotContain("warning");

        try (LocalController controller = new Controllers(here.resolve("home")).start(suite)) {
            CommandProcess shown = promise(
                    "submit",
                    "open",
                    "--controller",
                    controller.url(),
                    "--wait",
                    "-i",
                    "PASS=hunter2",
                    "-i",
                    "OTHER=from-variable");
            assertThat(shown.await()).as(shown.err()).isZero();
            assertThat(shown.err()).contains("warning: PASS is a secret").doesNotContain("warning: OTHER", "hunter2");

            CommandProcess hidden = CommandProcess.start(
                    here,
                    Map.of("THE_OTHER", "from-variable"),
                    List.of(
                            "submit",
                            "open",
                            "--controller",
                            controller.url(),
                            "--wait",
                            "--input-file",
                            "PASS=pass.txt",
                            "--input-env",
                            "OTHER=THE_OTHER"));
            assertThat(hidden.await()).as(hidden.err()).isZero();
            assertThat(hidden.err()).contains("fulfilled open-").doesNotContain("warning");
        }

        CommandProcess gone = promise("try", root, "--job", "open", "--input-file", "PASS=nowhere.txt");
        assertThat(gone.await()).isEqualTo(2);
        assertThat(gone.err()).contains("--input-file PASS=nowhere.txt: the file is not there");
    }

    @Test
    public void noSubmitTokenIsHandedToWorkers() throws Exception {
        CommandProcess token = CommandProcess.start(
                here,
                Map.of("GREET_TOKEN", "s3cret"),
                List.of("serve", suite.root().toString(), "--port", "0", "--env", "GREET_TOKEN"));
        assertThat(token.await()).isEqualTo(2);
        assertThat(token.err()).contains("--env GREET_TOKEN: submit tokens").doesNotContain("s3cret");
    }

    @Test
    public void checksWithLinesAndAnExitCode() throws Exception {
        CommandProcess good = promise("check", suite.root().toString());
        assertThat(good.await()).isZero();
        assertThat(good.err()).contains("1 job, 0 errors");
        for (String here : List.of(".", "jobs/..", "../" + suite.root().getFileName())) {
            CommandProcess same = CommandProcess.run(suite.root(), "check", here);
            assertThat(same.await()).as(here + same.out()).isZero();
            assertThat(same.err()).contains("1 job, 0 errors");
        }

        suite.orchestration("flow", "echo 'x'\nworker job: 'gret'");
        CommandProcess bad = promise("check", suite.root().toString());
        assertThat(bad.await()).isEqualTo(1);
        assertThat(bad.out())
                .contains("jobs/flow/run.groovy:2: worker: there is no job 'gret' in this suite;"
                        + " did you mean 'greet'?");
    }

    @Test
    public void helpsWithExamples() throws Exception {
        for (String command : List.of(
                "try",
                "serve",
                "submit",
                "status",
                "check",
                "compile",
                "deploy",
                "versions",
                "rollback",
                "prune",
                "new")) {
            StringWriter help = new StringWriter();
            int code =
                    PromiseCommand.commandLine().setOut(new PrintWriter(help)).execute(command, "--help");
            assertThat(code).isZero();
            assertThat(help.toString()).contains("Usage: promise " + command, "Examples:");
        }
        CommandProcess completion = promise("completion", "bash");
        assertThat(completion.out()).contains("-F _promise_complete promise");
    }

    @Test
    public void servesSubmitsWaitsAndTellsTheStatus() throws Exception {
        Path home = here.resolve("work");
        try (CommandProcess serve = CommandProcess.start(
                here,
                Map.of("GREET_TOKEN", "s3cret"),
                List.of("serve", suite.root().toString(), "--port", "0", "--allow-receiver", "127.0.0.1"))) {
            String url = serve.url();
            CommandProcess second = promise("serve", suite.root().toString(), "--port", "0");
            assertThat(second.await()).isEqualTo(3);
            assertThat(second.err()).contains("in use by another controller");

            String back = "BACK=http://127.0.0.1:1/nobody";
            CommandProcess waited = promise("submit", "greet", "--wait", "-i", "NAME=ann", "-i", back);
            assertThat(waited.await()).as(waited.err()).isZero();
            JsonNode report = Json.mapper().readTree(waited.out());
            assertThat(report.at("/data/greeting").asText()).isEqualTo("hello ann");

            CommandProcess status = promise("status", report.at("/promise/id").asText());
            assertThat(status.await()).isZero();
            assertThat(status.out())
                    .contains("FULFILLED", "report to http://127.0.0.1:1/nobody: WAITING", "connection refused")
                    .containsPattern("waits for +(the first )?delivery .*127\\.0\\.0\\.1:1.*\\n +since +20");

            CommandProcess keyed = CommandProcess.start(
                    here,
                    Map.of("PROMISE_TOKEN", "s3cret", "PROMISE_CONTROLLER", url),
                    List.of("submit", "greet", "--key", "k", "-i", "NAME=bob", "-i", back));
            assertThat(keyed.await()).as(keyed.err()).isZero();
            CommandProcess other = CommandProcess.start(
                    here,
                    Map.of("PROMISE_TOKEN", "s3cret", "PROMISE_CONTROLLER", url),
                    List.of("submit", "greet", "--key", "k", "-i", "NAME=eve", "-i", back));
            assertThat(other.await()).isEqualTo(2);
            assertThat(other.err()).contains("used with other inputs");
            CommandProcess forbidden =
                    promise("submit", "greet", "--controller", url, "--token", "wrong", "-i", "NAME=a");
            assertThat(forbidden.await()).isEqualTo(2);

            serve.interrupt();
            assertThat(serve.await()).isEqualTo(143);
            assertThat(serve.out()).isEqualTo("Listening on " + url + "\n");
        }
        assertThat(Files.exists(home.resolve("controller.json"))).isFalse();
        try (Ledger ledger = Ledger.open(
                new LedgerLocation.Embedded(home.resolve("ledger")),
                ControllerIdentity.begin("test", "nowhere"),
                Clock.systemUTC())) {
            assertThat(ledger.lists().openCount())
                    .as("they are not delivered, and kept")
                    .isPositive();
        }
    }

    @Test
    @Category(Whole.class)
    public void aNewSuiteRunsAsItIs() throws Exception {
        CommandProcess made = promise("new", "hello");
        assertThat(made.await()).as(made.err()).isZero();
        CommandProcess checked = promise("check", "hello");
        assertThat(checked.await()).as(checked.out()).isZero();
        CommandProcess tried = promise("try", "hello", "--input", "NAME=a \"quoted\" one");
        assertThat(tried.await()).as(tried.err()).isZero();
        assertThat(Json.mapper().readTree(tried.out()).at("/data/greeting").asText())
                .isEqualTo("HELLO A \"QUOTED\" ONE");

        CommandProcess again = promise("new", "hello");
        assertThat(again.await()).isEqualTo(2);
        assertThat(again.err()).contains("hello is not empty; nothing was written");
    }

    @Test
    @Category(Whole.class)
    public void deploysRollsBackAndPrunes() throws Exception {
        SuiteFolder idle = new SuiteFolder(folder.newFolder().toPath()).worker("idle", "true");
        try (Git git = Git.init().setDirectory(suite.root().toFile()).call();
                LocalController controller = new Controllers(here.resolve("work")).start(idle)) {
            CommandProcess loose = promise("deploy", suite.root().toString());
            assertThat(loose.await()).isEqualTo(2);
            assertThat(loose.err()).contains("is in no git tree that has a commit", "--dirty");
            SuiteFolder.commit(git);
            suite.file("jobs/greet/notes.txt", "not committed");
            CommandProcess dirty = promise("deploy", suite.root().toString());
            assertThat(dirty.await()).isEqualTo(2);
            assertThat(dirty.err()).contains("commit them first:", "  jobs/greet/notes.txt");
            SuiteFolder.commit(git);

            CommandProcess compiled = promise("compile", suite.root().toString(), "--out", "suite.zip");
            assertThat(compiled.await()).as(compiled.err()).isZero();
            String first = compiled.out().strip();
            assertThat(first).matches("greet-v2-[0-9a-f]{7}");
            assertThat(compiled.err()).contains("greet: the variable GREET_TOKEN is not set");
            CommandProcess plan = promise("deploy", "--bundle", "suite.zip", "--dry-run");
            assertThat(plan.await()).as(plan.err()).isZero();
            assertThat(plan.out()).contains("new        " + first, "latest     greet: nothing → " + first);
            assertThat(promise("versions").out()).doesNotContain(first);
            assertThat(promise("deploy", "--bundle", "suite.zip").out())
                    .contains("deployed: 1 new version of 1, 1 common name moved");
            assertThat(promise("deploy", "--bundle", "suite.zip").out())
                    .contains("nothing changes: 1 version is deployed already");

            suite.file("jobs/greet/notes.txt", "more");
            SuiteFolder.commit(git);
            String second = promise("compile", suite.root().toString()).out().strip();
            assertThat(promise("deploy", suite.root().toString()).out())
                    .contains("latest     greet: " + first + " → " + second);
            assertThat(promise("versions", "greet").out()).contains("* " + second, "  " + first);
            assertThat(promise("rollback", "greet").out()).isEqualTo("greet: " + second + " → " + first + "\n");
            CommandProcess pruned = promise("prune");
            assertThat(pruned.await()).isZero();
            assertThat(pruned.out()).contains(first + "  (it is latest)", second + "  (it was used at");

            CommandProcess unknown = promise("versions", "greeet");
            assertThat(unknown.await()).isEqualTo(2);
            assertThat(unknown.err()).contains("did you mean 'greet'?");
            assertThat(controller.openPromises()).isZero();
        }
    }
}
