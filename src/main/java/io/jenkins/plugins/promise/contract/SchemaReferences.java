package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a schema and what they refer to: whether each reference leads to a part of the schema itself, and each
 * regular expression is one that no text makes slow.
 */
final class SchemaReferences {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    /** Keywords whose schema, or schemas in a list, look at the same value. */
    private static final Set<String> SAME = Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else");
    /** Keywords whose schema, or schemas in a list, look at what lies in the value. */
    private static final Set<String> BELOW = Set.of(
            "items",
            "prefixItems",
            "contains",
            "additionalProperties",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");
    /** Keywords with schemas by name. */
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");

    private static final String HOW = "; write it under $defs and refer to it as '#/$defs/NAME'";

    private final JsonNode root;
    /** By identity: two parts that look the same are two parts. */
    private final IdentityHashMap<JsonNode, SchemaPart> parts = new IdentityHashMap<>();

    private final List<SchemaPart> found = new ArrayList<>();
    private final Deque<SchemaPart> open = new ArrayDeque<>();
    private final Map<String, SchemaPart> anchors = new HashMap<>();
    private final List<Violation> problems = new ArrayList<>();

    private SchemaReferences(JsonNode root) {
        this.root = root;
    }

    /** What is wrong, each with the path of the part with dots. */
    static List<Violation> problems(JsonNode schema) {
        SchemaReferences references = new SchemaReferences(schema);
        references.part(schema, null, "");
        references.walk();
        // What is referred to need not stand where a schema is expected; what is found so is looked through as well.
        for (int i = 0; i < references.found.size(); i++) {
            for (String keyword : SchemaPart.REFERENCES) {
                references.resolve(references.found.get(i), keyword);
            }
            references.walk();
        }
        if (references.problems.isEmpty()) {
            references.problems.addAll(SchemaPart.circles(references.found));
        }
        return references.problems;
    }

    /**
     * The keywords that are none, each with its path: what stands under one is looked at by nobody. Those that begin with
     * {@code x-} are meant so, and so are those that hold what is referred to.
     *
     * @param known all that JSON Schema has
     */
    static List<Violation> unknown(JsonNode schema, Set<String> known) {
        SchemaReferences references = new SchemaReferences(schema);
        references.part(schema, null, "");
        references.walk();
        String text = schema.toString();
        List<Violation> unknown = new ArrayList<>();
        for (SchemaPart part : references.found) {
            part.node().fieldNames().forEachRemaining(keyword -> {
                if (!known.contains(keyword)
                        && !NAMED.contains(keyword)
                        && !keyword.startsWith("x-")
                        && !text.contains("\"#/" + keyword + "/")) {
                    unknown.add(new Violation(
                            part.path(keyword),
                            "is no keyword of JSON Schema, and checks nothing" + Nearest.hint(keyword, known)));
                }
            });
        }
        return unknown;
    }

    private SchemaPart part(JsonNode node, SchemaPart above, String step) {
        return parts.computeIfAbsent(node, n -> {
            SchemaPart part = new SchemaPart(node, above, step);
            open.add(part);
            found.add(part);
            return part;
        });
    }

    private void walk() {
        while (!open.isEmpty()) {
            SchemaPart part = open.removeFirst();
            part.node().fields().forEachRemaining(e -> keyword(part, e.getKey(), e.getValue()));
        }
    }

    private void keyword(SchemaPart part, String keyword, JsonNode value) {
        boolean same = SAME.contains(keyword);
        if ((same || BELOW.contains(keyword)) && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                child(part, value.get(i), keyword + "." + i, same);
            }
        } else if (same || BELOW.contains(keyword)) {
            child(part, value, keyword, same);
        } else if (NAMED.contains(keyword) && value.isObject()) {
            value.fields()
                    .forEachRemaining(e ->
                            child(part, e.getValue(), keyword + "." + e.getKey(), keyword.equals("dependentSchemas")));
            if (keyword.equals("patternProperties")) {
                value.fieldNames().forEachRemaining(p -> pattern(part, keyword, p));
            }
        } else if (value.isTextual()) {
            text(part, keyword, value.textValue());
        }
    }

    private void child(SchemaPart above, JsonNode node, String step, boolean same) {
        if (node.isObject()) {
            SchemaPart below = part(node, above, step);
            if (same) {
                above.looksAtSame(below);
            }
        }
    }

    private void text(SchemaPart part, String keyword, String text) {
        switch (keyword) {
            case "$anchor", "$dynamicAnchor" -> anchors.putIfAbsent(text, part);
            case "pattern" -> pattern(part, keyword, text);
            case "$schema" -> {
                if (!text.equals(DIALECT)) {
                    problem(part, keyword, "must be " + DIALECT + ", or be left out");
                }
            }
            case "$id" -> {
                if (!part.equals(found.get(0))) {
                    problem(part, keyword, "gives a part of the schema an address of its own; leave it out");
                }
            }
            default -> {}
        }
    }

    private void pattern(SchemaPart part, String keyword, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            problem(part, keyword, "is not an RE2 regular expression: " + e.getMessage());
        }
    }

    private void resolve(SchemaPart part, String keyword) {
        JsonNode reference = part.node().path(keyword);
        if (!reference.isTextual()) {
            return;
        }
        String text = reference.textValue();
        if (!text.startsWith("#")) {
            problem(part, keyword, "'" + text + "' leads out of the schema, and nothing is fetched" + HOW);
            return;
        }
        Optional<SchemaPart> target = target(text);
        target.ifPresent(part::looksAtSame);
        if (target.isEmpty()) {
            problem(part, keyword, "'" + text + "' leads to no part of the schema" + HOW);
        }
    }

    private Optional<SchemaPart> target(String reference) {
        try {
            String fragment = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!fragment.isEmpty() && !fragment.startsWith("/")) {
                return Optional.ofNullable(anchors.get(fragment));
            }
            JsonNode node = root.at(JsonPointer.compile(fragment));
            return node.isObject() || node.isBoolean()
                    ? Optional.of(
                            part(node, null, fragment.replaceFirst("^/", "").replace('/', '.')))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a broken percent-encoding
        }
    }

    private void problem(SchemaPart part, String keyword, String message) {
        problems.add(new Violation(part.path(keyword), message));
    }
}
