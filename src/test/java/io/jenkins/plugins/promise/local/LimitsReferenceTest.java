package io.jenkins.plugins.promise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Http;
import io.jenkins.plugins.promise.testing.ReferencePage;
import io.jenkins.plugins.promise.testing.ReferenceWords;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The types, limits and variables of the reference are those that hold. */
public class LimitsReferenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROOT = "io.jenkins.plugins.promise.";
    /** Where each limit stands, as {@code class#constant}, in the order of the page. */
    private static final List<String> LIMITS = List.of(
            "contract.InputType#MAX_BYTES",
            "contract.InputsDecoder#MAX_FIELDS",
            "contract.InputsDecoder#MAX_DEPTH",
            "ledger.promise.IdempotencyKey#MAX_LENGTH",
            "contract.Contract#MAX_DEADLINE",
            "contract.Contract#MAX_ATTEMPTS",
            "contract.Contract#MAX_CONCURRENCY",
            "contract.Keep#MAX_DAYS",
            "contract.Keep#MAX_BUILDS",
            "contract.yaml.YamlFile#MAX_BYTES",
            "orchestration.WorkerCall#MAX_RETRIES",
            "report.ReportReader#DEFAULT_MAX_BYTES",
            "report.ReportReader#MAX_LOG_LINES",
            "report.Outcome#MAX_DEPTH",
            "contract.OutputsSchema#MAX_NODES",
            "local.worker.RunLog#MAX_CHARS",
            "local.worker.RunLog#MAX_LINE",
            "local.LocalSettings#SCRIPT_LIMIT",
            "rehearsal.Rehearser#SCRIPT_LIMIT",
            "ledger.PromiseLists#COUNTED",
            "ledger.promise.PromiseQuery#MOST");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void eachTypeOfAnInputIsThere() throws Exception {
        ReferencePage page = new ReferencePage("inputs", "Types of inputs", "What `type:` of an input may say.")
                .part("Types")
                .head("type", "its value");
        Matcher types = Pattern.compile("/\\*\\* (.*) \\*/\\s+([A-Z]+)[,;]")
                .matcher(Files.readString(Path.of("src/main/java/io/jenkins/plugins/promise/contract/InputType.java")));
        TreeSet<String> found = new TreeSet<>();
        while (types.find()) {
            String type = types.group(2).toLowerCase(Locale.ROOT);
            found.add(type);
            page.row("`" + type + "`", types.group(1).replaceAll("\\{@code ([^}]*)}", "`$1`"));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(InputType.keywords());
        page.isPublished();
    }

    @Test
    public void eachLimitIsThereWithItsNumber() throws Exception {
        ReferenceWords words = new ReferenceWords("limits");
        ReferencePage page = new ReferencePage(
                        "limits",
                        "Limits",
                        "What is more is refused, and the answer says so. What `promise serve` can be told otherwise"
                                + " is in its help: [commands.md](commands.md#promise-serve).")
                .part("Limits")
                .head("what", "limit");
        for (String limit : LIMITS) {
            int at = limit.indexOf('#');
            Field constant = Class.forName(ROOT + limit.substring(0, at)).getDeclaredField(limit.substring(at + 1));
            constant.setAccessible(true);
            Object value = constant.get(null);
            page.row(
                    words.of(limit),
                    value instanceof Duration time
                            ? time.toSeconds() % 86_400 == 0 ? time.toDays() + " days" : time.toSeconds() + " s"
                            : String.format(Locale.ROOT, "%,d", ((Number) value).longValue()));
        }
        words.areAllTaken();
        page.isPublished();
    }

    @Test
    public void eachVariableOfAWorkerIsThere() throws Exception {
        ReferenceWords words = new ReferenceWords("environment");
        ReferencePage page = new ReferencePage(
                        "environment",
                        "The environment of a worker",
                        "Beside its inputs, each a variable of its name, a worker's script has:")
                .part("Variables")
                .head("variable", "");
        for (String variable : given()) {
            page.row("`" + variable + "`", words.of(variable));
        }
        page.row("`PROMISE_FENCE`", words.of("PROMISE_FENCE"));
        page.row("inherited", words.of("inherited"));
        words.areAllTaken();
        page.isPublished();
        WorkerEnvironment inherited =
                WorkerEnvironment.of(Map.of("PATH", "a", "LC_ALL", "b", "SECRET_OF_THE_CONTROLLER", "c"), List.of());
        assertThat(inherited.variables().keySet()).containsExactlyInAnyOrder("PATH", "LC_ALL");
    }

    /** What a worker of a real controller has and its controller has not. */
    private TreeSet<String> given() throws Exception {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .worker(
                        "show",
                        "printf '{\"status\": \"SUCCESS\", \"data\": {\"names\": \"%s\"}}' \"$(env | sed -n"
                                + " 's/^\\([A-Za-z_0-9]*\\)=.*/\\1/p' | tr '\\n"
                                + "' ' ')\" > report.json");
        try (LocalController controller = new Controllers(folder.newFolder().toPath()).start(suite)) {
            Http http = new Http(controller.url());
            String id = http.form("/promises/submit/show", Map.of())
                    .json()
                    .path("id")
                    .asText();
            http.settled(id, PATIENCE);
            JsonNode report = http.get("/promises/" + id + "/report").json();
            TreeSet<String> names = new TreeSet<>(
                    List.of(report.at("/data/names").asText().strip().split(" ")));
            assertThat(names).as(report.toString()).contains("PROMISE_ID");
            names.removeAll(System.getenv().keySet());
            // bash's own.
            names.removeAll(List.of("_", "SHLVL", "PWD", "OLDPWD"));
            return names;
        }
    }
}
