package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.Yaml;

/** What editors know of the files that authors write. */
public class FileSchemasTest {
    /** By which the YAML language server knows. */
    private static final String NAMED = "# yaml-language-server: $schema=";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static String promise(String... arguments) {
        StringWriter out = new StringWriter();
        int exit = PromiseCommand.commandLine().setOut(new PrintWriter(out)).execute(arguments);
        assertThat(exit).isZero();
        return out.toString();
    }

    private static JsonSchema schema(String kind) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(promise("schema", kind));
    }

    private static JsonNode yaml(String text) {
        return Json.mapper().valueToTree(new Yaml().load(text));
    }

    /** The kind of a file, by where it lies. */
    private static String kind(Path file) {
        String path = file.toString();
        return path.contains("/rehearsals/")
                ? "rehearsal"
                : path.contains("/cases/") ? "case" : path.endsWith("/suite.yaml") ? "suite" : "job";
    }

    @Test
    public void theFilesOfTheExampleAndOfANewSuiteFit() throws IOException {
        Path made = folder.getRoot().toPath().resolve("hello");
        promise("new", made.toString());
        for (Path suite : List.of(made, Path.of("examples/quote"))) {
            try (Stream<Path> all = Files.walk(suite)) {
                List<Path> files =
                        all.filter(f -> f.toString().endsWith(".yaml")).toList();
                assertThat(files).hasSizeGreaterThan(4);
                for (Path file : files) {
                    assertThat(schema(kind(file)).validate(yaml(Files.readString(file))))
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    public void aNewSuiteHasTheSchemaOfEachKindOfFileAndItsFilesNameTheirs() throws IOException {
        Path made = folder.getRoot().toPath().resolve("hello");
        promise("new", made.toString());
        for (String kind : List.of("job", "suite", "rehearsal", "case", "component", "environments")) {
            assertThat(made.resolve(".schemas/" + kind + ".schema.json"))
                    .as(kind)
                    .hasContent(promise("schema", kind));
        }
        try (Stream<Path> all = Files.walk(made)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                String first = Files.readAllLines(file).get(0);
                assertThat(first).as(file.toString()).startsWith(NAMED);
                assertThat(file.resolveSibling(first.substring(NAMED.length())).normalize())
                        .isEqualTo(made.resolve(".schemas/" + kind(file) + ".schema.json"));
            }
        }
    }

    @Test
    public void whatCheckWouldRefuseAnEditorUnderlines() {
        assertThat(schema("job").validate(yaml("kind: worker\nscript: a.sh\nretry: 2")))
                .hasSize(1);
        assertThat(schema("job").validate(yaml("kind: orchestration\nscript: a.groovy\nlabel: linux")))
                .isNotEmpty();
        assertThat(schema("job").validate(yaml("kind: worker\nscript: a.sh\ninputs: { A: { type: callback } }")))
                .isNotEmpty();
        assertThat(schema("job").validate(yaml("kind: worker\nscript: a.sh\ntoken: s3cret")))
                .isNotEmpty();
        assertThat(schema("suite").validate(yaml("defaults: { deadline: soon }")))
                .isNotEmpty();
        assertThat(schema("rehearsal").validate(yaml("workers: { a: { fail: x } }\nreport: { status: SUCCESS }")))
                .isNotEmpty();
        assertThat(schema("rehearsal").validate(yaml("inputs: {}"))).isNotEmpty();
        assertThat(schema("case").validate(yaml("inputs: {}"))).isNotEmpty();
    }
}
