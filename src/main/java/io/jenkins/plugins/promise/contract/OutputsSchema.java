package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.ArrayList;
import java.util.List;

/** The JSON Schema (draft 2020-12) that a contract declares for its report's data. Nothing is fetched for it. */
public final class OutputsSchema {
    private static final int MAX_TOLD = 10;

    private final JsonNode schema;

    /** Takes a schema as it stands in the contract. */
    public OutputsSchema(JsonNode schema) {
        this.schema = schema;
    }

    /** What is wrong with the schema itself, as the meta-schema has it. */
    public List<String> problems() {
        return told(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(schema)
                .stream()
                .map(m -> m.getInstanceLocation() + " " + m.getMessage())
                .toList());
    }

    /**
     * What does not match, each with its path.
     *
     * @param data null for none
     */
    public List<String> check(JsonNode data) {
        if (data == null || data instanceof MissingNode) {
            return schema.isObject() && !schema.isEmpty() ? List.of("data is missing") : List.of();
        }
        try {
            return told(factory().getSchema(schema).validate(data).stream()
                    .map(m -> "data" + m.getMessage().substring(m.getMessage().startsWith("$") ? 1 : 0))
                    .toList());
        } catch (RuntimeException e) {
            // The library's exceptions for a schema that it cannot follow share no narrower type.
            return List.of("outputs is not a usable JSON Schema: " + e.getMessage());
        }
    }

    private static JsonSchemaFactory factory() {
        return JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
    }

    private static List<String> told(List<String> all) {
        if (all.size() <= MAX_TOLD) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MAX_TOLD));
        some.add("and " + (all.size() - MAX_TOLD) + " more");
        return some;
    }
}
