package io.jenkins.plugins.promise.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/** The table of what an orchestration may be written with: {@code constructs.yaml}. */
final class Constructs {
    /**
     * One of them.
     *
     * @param group what it belongs to
     * @param row as it stands in the file
     */
    record Construct(String group, JsonNode row) {
        String about() {
            return row.path("about").asText();
        }

        String script() {
            return row.path("script").asText();
        }

        /** Whether the engine says no instead of a value. */
        boolean refused() {
            return row.has("refused");
        }

        /** What a Jenkins makes of it; nothing if it was not asked. */
        Optional<JsonNode> onJenkins() {
            return Optional.ofNullable(ANSWERS.get(script()));
        }

        /** What it would make of it without the guard of scripts; nothing if it was not asked. */
        Optional<JsonNode> unguarded() {
            return Optional.ofNullable(UNGUARDED.get(script()));
        }

        @Override
        public String toString() {
            return group + ": " + about();
        }
    }

    /** What a Jenkins 2.479.3 with this plugin reports, by the text of the script; GuardTest compares it with a real one. */
    private static final JsonNode ANSWERS = answers("constructs-on-jenkins.json");
    /** What one reported before the plugin had the guard of scripts. */
    private static final JsonNode UNGUARDED = answers("constructs-without-guard.json");

    private Constructs() {}

    private static JsonNode answers(String file) {
        try (InputStream in = Constructs.class.getResourceAsStream(file)) {
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 for the same value; a number is the same whatever it was read as. */
    static int compared(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    static List<Construct> all() {
        List<Construct> all = new ArrayList<>();
        try (InputStream in = Constructs.class.getResourceAsStream("constructs.yaml")) {
            JsonNode groups = Json.mapper().valueToTree(new Yaml().load(in));
            groups.fields().forEachRemaining(group -> group.getValue()
                    .forEach(row -> all.add(new Construct(group.getKey(), row))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
