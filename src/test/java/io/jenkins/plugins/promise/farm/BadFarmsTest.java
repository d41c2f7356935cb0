package io.jenkins.plugins.promise.farm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.farm.reading.FarmReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Every kind of bad farm file in {@code bad.txt} is told, each with its line and what to do, and nothing else is; and the
 * published schema refuses those that a schema can know, and no others.
 */
public class BadFarmsTest {
    private static final int KINDS = 50;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;

    /**
     * A bad file.
     *
     * @param bySchema whether a schema can know
     * @param told every error, as a line
     */
    private record Bad(String title, boolean bySchema, String text, List<String> told) {}

    @Before
    public void prepare() throws IOException {
        root = folder.newFolder().toPath();
        Files.writeString(root.resolve("plugins.txt"), "matrix-auth\n");
        Files.createDirectories(root.resolve("shop"));
        Files.writeString(Files.createDirectories(root.resolve("suite")).resolve("suite.yaml"), "name: suite\n");
    }

    @Test
    public void everyKindIsToldWithItsLineAndWhatToDo() throws IOException {
        List<Bad> all = bad();
        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, List<String>> told = new TreeMap<>();
        for (Bad bad : all) {
            expected.put(bad.title(), bad.told());
            told.put(bad.title(), errors(bad.text()));
        }

        assertThat(told).isEqualTo(expected);
        assertThat(told.values()).allSatisfy(lines -> assertThat(lines).isNotEmpty());
        assertThat(told).hasSizeGreaterThanOrEqualTo(KINDS);
    }

    @Test
    public void schemaAndReaderAgree() throws IOException {
        for (Bad bad : bad()) {
            assertThat(!schema().validate(json(bad.text())).isEmpty())
                    .as(bad.title())
                    .isEqualTo(bad.bySchema());
        }
        for (String good : List.of("jenkins.yaml", "local.yaml", "odd.json")) {
            String text = text(good);
            assertThat(errors(text)).as(good).isEmpty();
            assertThat(schema().validate(json(text))).as(good).isEmpty();
        }
    }

    private List<String> errors(String text) throws IOException {
        Path file = Files.writeString(root.resolve("farm.yaml"), text);
        return new FarmReader()
                .read(file, "farm.yaml").errors().stream()
                        .map(Finding::toString)
                        .toList();
    }

    /** As an editor reads it; what is no YAML is no matter for a schema. */
    private static JsonNode json(String yaml) {
        try {
            return Json.mapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        } catch (YAMLException e) {
            return Json.mapper().createObjectNode().put("farm", "f").put("address", "http://127.0.0.1:8090");
        }
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = Farm.class.getResourceAsStream("farm.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(
                            Json.mapper().readTree(in),
                            SchemaValidatorsConfig.builder().build());
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = BadFarmsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Bad> bad() throws IOException {
        List<Bad> all = new ArrayList<>();
        for (String block : text("bad.txt").split("(?m)^=== ", -1)) {
            List<String> lines = block.lines().toList();
            if (!block.isBlank()) {
                String[] title = lines.get(0).split(" \\| ", 2);
                all.add(new Bad(
                        title[0],
                        title.length > 1,
                        lines.stream()
                                .skip(1)
                                .filter(l -> !l.startsWith("> "))
                                .map(l -> l + "\n")
                                .collect(Collectors.joining()),
                        lines.stream()
                                .filter(l -> l.startsWith("> "))
                                .map(l -> l.substring(2))
                                .toList()));
            }
        }
        return all;
    }
}
