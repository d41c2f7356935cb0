package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.json.Json;

/** Tells a contract as JSON Schema (draft 2020-12), for those who submit. */
public final class ContractSchema {
    /** A schema of the inputs; {@code x-outputs} holds the schema of the report's data where there is one. */
    public ObjectNode of(Contract contract) {
        ObjectNode schema = Json.mapper().createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ArrayNode required = Json.mapper().createArrayNode();
        ObjectNode properties = schema.putObject("properties");
        for (Input input : contract.inputs()) {
            properties.set(input.name(), property(input));
            if (input.required() && input.defaultValue() == null) {
                required.add(input.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (contract.deadline() != null) {
            schema.put("x-deadline", contract.deadline().toString());
        }
        if (contract.outputs() != null) {
            schema.set("x-outputs", contract.outputs().json());
        }
        return schema;
    }

    private static ObjectNode property(Input input) {
        ObjectNode property = Json.mapper().createObjectNode();
        switch (input.type()) {
            case BOOLEAN -> property.put("type", "boolean");
            case INTEGER -> property.put("type", "integer");
            case NUMBER -> property.put("type", "number");
            case URI, CALLBACK -> property.put("type", "string").put("format", "uri");
            case SECRET -> property.put("type", "string").put("writeOnly", true);
            case STRING, TEXT, CHOICE, LABEL, NODE -> property.put("type", "string");
        }
        property.put("x-type", input.type().keyword());
        if (input.about() != null) {
            property.put("description", input.about());
        }
        if (input.pattern() != null) {
            property.put("pattern", "^(?:" + input.pattern() + ")$");
        }
        if (!input.choices().isEmpty()) {
            ArrayNode choices = property.putArray("enum");
            input.choices().forEach(choices::add);
        }
        if (input.receives() != null) {
            property.put("x-receives", input.receives().keyword());
        }
        if (input.defaultValue() != null) {
            property.putPOJO("default", input.read(input.defaultValue()).value());
        }
        return property;
    }
}
