package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The keys of the reference are those of the schemas, by which editors and the tests of the readers know them. */
public class FilesReferenceTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/promise");
    private static final List<String> SCHEMAS = List.of(
            "suite/schema/job",
            "suite/schema/suite",
            "suite/schema/rehearsal",
            "suite/schema/case",
            "component/component",
            "component/environments",
            "farm/farm");

    @Test
    public void eachKeyOfEachFileIsThere() throws IOException {
        ReferencePage page = new ReferencePage(
                "files",
                "Files and their keys",
                "As the schemas for editors have them: `promise schema job`, `promise farm schema`. A key in bold must"
                        + " be there; `*` stands for names of one's own, `[]` for each of a list.");
        for (String name : SCHEMAS) {
            JsonNode schema = Json.mapper()
                    .readTree(RESOURCES.resolve(name + ".schema.json").toFile());
            page.part(schema.path("title").asText())
                    .say(schema.path("description").asText());
            page.head("key", "", "");
            new Keys(schema, page).add("", schema);
        }
        page.isPublished();
    }

    @Test
    public void noSchemaIsForgotten() throws IOException {
        try (var all = Files.walk(RESOURCES)) {
            org.assertj.core.api.Assertions.assertThat(
                            all.map(f -> RESOURCES.relativize(f).toString())
                                    .filter(f -> f.endsWith(".schema.json"))
                                    .map(f -> f.replace(".schema.json", "")))
                    .containsExactlyInAnyOrderElementsOf(SCHEMAS);
        }
    }

    private record Keys(JsonNode root, ReferencePage page) {
        void add(String path, JsonNode given) {
            JsonNode schema = resolved(given);
            for (Map.Entry<String, JsonNode> key : schema.path("properties").properties()) {
                boolean required = false;
                for (JsonNode name : schema.path("required")) {
                    required |= name.asText().equals(key.getKey());
                }
                row(path, key.getKey(), required, key.getValue());
            }
            if (schema.path("additionalProperties").isObject()
                    && !schema.path("additionalProperties").isEmpty()) {
                row(path, "*", false, schema.path("additionalProperties"));
            }
            alternatives(schema).forEach(one -> add(path, one));
            if (schema.has("items")) {
                JsonNode items = resolved(schema.path("items"));
                add(path + "[]", items);
            }
        }

        private void row(String path, String name, boolean required, JsonNode given) {
            JsonNode value = resolved(given);
            String key = "`" + (path.isEmpty() ? name : path + "." + name) + "`";
            page.row(
                    required ? "**" + key + "**" : key,
                    kind(value),
                    given.path("description").asText(value.path("description").asText("")));
            add(path.isEmpty() ? name : path + "." + name, value);
        }

        private String kind(JsonNode value) {
            List<String> kinds = new ArrayList<>();
            if (value.has("enum")) {
                value.path("enum").forEach(v -> kinds.add(v.isNull() ? "nothing" : "`" + v.asText() + "`"));
            } else if (value.has("const")) {
                kinds.add("`" + value.path("const").asText() + "`");
            } else if (value.path("type").isArray()) {
                value.path("type").forEach(t -> kinds.add(word(t.asText())));
            } else if (value.has("type")) {
                kinds.add(word(value.path("type").asText()));
            }
            alternatives(value).forEach(one -> kinds.add(kind(resolved(one))));
            kinds.removeIf(String::isEmpty);
            String all = String.join(", ", kinds.stream().distinct().toList());
            String from =
                    value.has("minimum") ? " from " + value.path("minimum").asText() : "";
            return all
                    + from
                    + (value.has("maximum") ? " to " + value.path("maximum").asText() : "");
        }

        private static String word(String type) {
            return switch (type) {
                case "object" -> "mapping";
                case "array" -> "list";
                case "boolean" -> "true or false";
                case "integer" -> "whole number";
                case "null" -> "nothing";
                case "string" -> "text";
                default -> type;
            };
        }

        private static List<JsonNode> alternatives(JsonNode schema) {
            List<JsonNode> all = new ArrayList<>();
            for (String word : List.of("anyOf", "oneOf")) {
                schema.path(word).forEach(all::add);
            }
            return all;
        }

        private JsonNode resolved(JsonNode schema) {
            return schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
        }
    }
}
