package io.jenkins.plugins.promise.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Every kind of bad component file in {@code bad.txt} is told, each with its line and what to do, and nothing else is; and
 * the published schemas refuse those that a file's own text is wrong in, and no others.
 */
public class BadComponentsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static final int KINDS = 40;

    /**
     * A bad folder.
     *
     * @param bySchema whether a schema can know
     * @param told every error, as a line
     */
    private record Bad(String title, boolean bySchema, Map<String, String> files, List<String> told) {}

    @Test
    public void everyKindIsToldWithItsLineAndWhatToDo() throws IOException {
        List<Bad> all = bad();
        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, List<String>> told = new TreeMap<>();
        for (Bad bad : all) {
            expected.put(bad.title(), bad.told());
            told.put(bad.title(), errors(bad));
        }

        assertThat(told).isEqualTo(expected);
        assertThat(told.values()).allSatisfy(lines -> assertThat(lines).isNotEmpty());
        assertThat(all).hasSizeGreaterThanOrEqualTo(KINDS);
    }

    @Test
    public void schemasAndReaderAgree() throws IOException {
        for (Bad bad : bad()) {
            assertThat(refused(bad.files())).as(bad.title()).isEqualTo(bad.bySchema());
        }
        ComponentFolder good = new ComponentFolder(folder.newFolder().toPath())
                .talk()
                .component(
                        "odd",
                        "about:",
                        "branch: release/1.0",
                        "path: .",
                        "watch: ['**/*.js', 'odd/**/[a-c]?.txt', docs]",
                        "requires: { python3: 3.11, jdk: '17' }",
                        "build: 'true'",
                        "test: { job: my-test }",
                        "release: ./release.sh",
                        "environments: { test: { PORT: 8080, ON: true, NOTHING: '' }, production: }",
                        "needs: []")
                .file(
                        "json/component.json",
                        "{\"component\": \"json\", \"repository\": \"git@git.example:a/b.git\","
                                + " \"test\": \"true\"}")
                .file("suite.yaml", "name: odd\n")
                .file("jobs/my-test/job.yaml", "kind: worker\nscript: a.sh\ninputs: { GIT_HASH: {} }\n");

        assertThat(new ComponentsReader().read(good.root()).errors()).isEmpty();
        for (String file : List.of(
                "frontend/component.yaml",
                "teams-api/component.yaml",
                "odd/component.yaml",
                "json/component.json",
                "environments.yaml")) {
            assertThat(refused(Map.of(file, Files.readString(good.root().resolve(file)))))
                    .as(file)
                    .isFalse();
        }
    }

    private List<String> errors(Bad bad) throws IOException {
        ComponentFolder written = new ComponentFolder(folder.newFolder().toPath())
                .file("api/component.yaml", "component: api\nrepository: /srv/shop.git\nbuild: make\ntest: ./test.sh\n")
                .file("environments.yaml", "test: { integration: true }\nproduction: { after: test }\n");
        bad.files().forEach(written::file);
        return new ComponentsReader()
                .read(written.root()).errors().stream().map(Finding::toString).toList();
    }

    private static boolean refused(Map<String, String> files) throws IOException {
        boolean refused = false;
        for (Map.Entry<String, String> file : files.entrySet()) {
            String schema = file.getKey().contains("environments") ? "environments" : "component";
            if (file.getKey().contains(schema)) {
                refused |= !schema(schema).validate(json(file.getValue())).isEmpty();
            }
        }
        return refused;
    }

    /** As an editor reads it; what is no YAML or no JSON is no matter for a schema. */
    private static JsonNode json(String yaml) {
        try {
            return Json.mapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        } catch (YAMLException e) {
            return Json.mapper()
                    .createObjectNode()
                    .put("component", "unreadable")
                    .put("test", "true");
        }
    }

    private static JsonSchema schema(String name) throws IOException {
        try (InputStream in = Component.class.getResourceAsStream(name + ".schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(
                            Json.mapper().readTree(in),
                            SchemaValidatorsConfig.builder().build());
        }
    }

    private static List<Bad> bad() throws IOException {
        String text;
        try (InputStream in = BadComponentsTest.class.getResourceAsStream("bad.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Bad> all = new ArrayList<>();
        for (String block : text.split("(?m)^=== ", -1)) {
            if (!block.isBlank()) {
                all.add(bad(block));
            }
        }
        return all;
    }

    private static Bad bad(String block) {
        List<String> lines = block.lines().toList();
        Map<String, String> files = new LinkedHashMap<>();
        List<String> told = new ArrayList<>();
        String file = "web/component.yaml";
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("@ ")) {
                file = line.substring(2);
            } else if (line.startsWith("> ")) {
                told.add(line.substring(2));
            } else {
                files.merge(file, line + "\n", String::concat);
            }
        }
        // The repository is said in the last line, so that lines are those of the table.
        files.computeIfPresent(
                "web/component.yaml",
                (f, t) -> t.startsWith("component: ") && !t.contains("repository:")
                        ? t + "repository: /srv/shop.git\n"
                        : t);
        String[] title = lines.get(0).split(" \\| ", 2);
        return new Bad(title[0], title.length > 1, files, told);
    }
}
