package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.yaml.snakeyaml.Yaml;

/** What an orchestration means on Jenkins: what it means on a laptop, or the same refusal. */
public class GuardTest {
    private static final String SORT = "[3, 1, 2].sort { a, b -> b <=> a }";
    private static final Path CONSTRUCTS =
            Path.of("src/test/resources/io/jenkins/plugins/promise/engine/constructs.yaml");
    /** The table's words are those of the local engine, which counts lines in the author's file. */
    private static final Path ANSWERS = Path.of("target/constructs-on-jenkins.json");

    private static final Path KEPT =
            Path.of("src/test/resources/io/jenkins/plugins/promise/engine/constructs-on-jenkins.json");

    @Rule
    public JenkinsRule jenkins = new JenkinsRule();

    private PromiseFixture promises;

    /** A Jenkins that is no test goes on with the wrong value, and a line in the log. */
    @Before
    public void asInProduction() throws Exception {
        Field fails = CpsFlowDefinition.class
                .getClassLoader()
                .loadClass("org.jenkinsci.plugins.workflow.cps.CpsVmExecutorService")
                .getDeclaredField("FAIL_ON_MISMATCH");
        fails.setAccessible(true);
        fails.set(null, false);
    }

    @Before
    public void workers() throws Exception {
        promises = new PromiseFixture(jenkins);
        jenkins.jenkins.setNumExecutors(8);
        for (String name : List.of("w", "v")) {
            promises.worker(
                    name,
                    "echo '{\"status\": \"SUCCESS\", \"reason\": \"fine\", \"data\": {\"x\": 1}}' > report.json",
                    PromiseFixture.input("A", "string", false),
                    PromiseFixture.input("B", "string", false));
        }
    }

    @Test
    public void whatThisEngineWouldGetWrongIsRefusedWhereItIsCompiled() throws Exception {
        promises.orchestration("o", "def a = 1\nreport data: " + SORT);

        JsonNode report = report(promises.submit("o", ""));

        assertThat(report.path("status").asText()).isEqualTo("FAILURE");
        assertThat(report.path("reason").asText())
                .startsWith(
                        "line 2: 'sort' cannot call a closure of the script back; use a for loop, or do it in a method"
                                + " with @NonCPS before it");
    }

    @Test
    public void aPipelineThatPromisesNothingIsLeftAlone() throws Exception {
        WorkflowJob plain = jenkins.createProject(WorkflowJob.class, "plain");
        plain.setDefinition(new CpsFlowDefinition("def a = " + SORT, true));

        jenkins.buildAndAssertSuccess(plain);
    }

    @Test
    public void eachConstructMeansWhatTheTableSays() throws Exception {
        JsonNode groups = Json.mapper().valueToTree(new Yaml().load(Files.readString(CONSTRUCTS)));
        List<JsonNode> rows = new ArrayList<>();
        groups.forEach(group -> group.forEach(rows::add));
        Map<JsonNode, String> submitted = new LinkedHashMap<>();
        for (JsonNode row : rows) {
            String name = "c" + submitted.size();
            promises.orchestration(name, row.path("script").asText(), PromiseFixture.input("N", "integer", false));
            submitted.put(row, promises.submit(name, "N=3"));
        }
        JsonNode kept = Json.mapper().readTree(Files.readString(KEPT));
        Map<String, JsonNode> answers = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<JsonNode, String> one : submitted.entrySet()) {
            JsonNode row = one.getKey();
            String script = row.path("script").asText();
            JsonNode answer = answer(report(one.getValue()));
            answers.put(script, answer);
            String difference = row.has("jenkins") ? "" : difference(row, answer);
            if (!difference.isEmpty()) {
                wrong.add(row.path("about").asText() + ": " + difference + ": " + answer);
            } else if (!same(answer, kept.path(script))) {
                wrong.add(
                        row.path("about").asText() + ": not as kept (copy " + ANSWERS + " to " + KEPT + "): " + answer);
            }
        }
        Files.writeString(ANSWERS, Json.mapper().valueToTree(answers).toPrettyString() + "\n");

        assertThat(wrong).isEmpty();
    }

    private JsonNode report(String id) throws Exception {
        promises.settled(id);
        return Json.mapper()
                .readTree(promises.get("promises/" + id + "/report", PromiseFixture.token())
                        .body());
    }

    private static ObjectNode answer(JsonNode report) {
        ObjectNode answer = Json.mapper().createObjectNode();
        boolean failed = report.path("status").asText().equals("FAILURE");
        answer.set(failed ? "said" : "data", report.get(failed ? "reason" : "data"));
        answer.set("status", report.get("status"));
        return answer;
    }

    /** The words of a refusal may name builds and machines. */
    private static boolean same(JsonNode answer, JsonNode kept) {
        return answer.path("status").equals(kept.path("status"))
                && answer.path("data").equals(GuardTest::compared, kept.path("data"));
    }

    private static String difference(JsonNode row, JsonNode report) {
        boolean failed = report.path("status").asText().equals("FAILURE");
        if (row.has("refused")) {
            return failed ? "" : "it is not refused";
        }
        if (failed) {
            return "it is refused";
        }
        return row.path("is").equals(GuardTest::compared, report.path("data")) ? "" : "it is not " + row.path("is");
    }

    private static int compared(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}
