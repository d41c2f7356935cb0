package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.ClasspathSchemaLoader;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.json.JsonShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON Schema (draft 2020-12) that a contract declares for its report's data. Nothing is fetched for it, and it is
 * made ready once, when data are first checked. Its regular expressions are RE2, as those of inputs are.
 */
public final class OutputsSchema {
    private static final int MAX_TOLD = 10;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NODES = 50_000;
    /** Of larger data only the first thing that is wrong is told: the library keeps an object for each. */
    private static final int MAX_NODES_FOR_ALL = 10_000;

    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .pathType(PathType.LEGACY)
            .regularExpressionFactory(regex -> {
                Pattern pattern = Pattern.compile(regex);
                return text -> pattern.matcher(text).find();
            })
            .build();
    /** The library asks the thread's class loader for its own files, and that of Jenkins' threads knows no plugin. */
    private static final JsonSchema META_SCHEMA = JsonSchemaFactory.getInstance(
                    SpecVersion.VersionFlag.V202012,
                    builder -> builder.schemaLoaders(
                            loaders -> loaders.add(new ClasspathSchemaLoader(OutputsSchema.class::getClassLoader))))
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"), CONFIG);

    /** What the library would log of keywords that are none, {@link #unknownKeywords()} tells whoever wrote them. */
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012, builder -> builder.schemaLoaders(
                            loaders -> loaders.add(DisallowSchemaLoader.getInstance()))
                    .metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                            .build()));

    private final JsonNode schema;
    private final Supplier<Ready> ready = Suppliers.memoize(this::makeReady);

    private OutputsSchema(JsonNode schema) {
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /** A schema as it stands in the contract. {@link #problems()} tells what is wrong with it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static OutputsSchema of(JsonNode schema) {
        return new OutputsSchema(schema);
    }

    /**
     * A schema that somebody has written down.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static OutputsSchema parse(String json) {
        try {
            return of(Json.mapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("outputs is not JSON: " + Json.told(e), e);
        }
    }

    /** The schema as it stands in the contract. */
    @JsonValue
    public JsonNode json() {
        return schema;
    }

    /**
     * What is wrong with the schema itself, each with the path in it, with dots: what the meta-schema refuses, references
     * that lead out of it, nowhere or in a circle, and what is too large or too deep.
     */
    public List<Violation> problems() {
        return ready().problems();
    }

    /** The keywords that JSON Schema does not know, and that therefore check nothing, each with the path in it, with dots. */
    public List<Violation> unknownKeywords() {
        return ready().problems().isEmpty()
                ? SchemaReferences.unknown(
                        schema, JsonMetaSchema.getV202012().getKeywords().keySet())
                : List.of();
    }

    /**
     * What does not match, each with its path. Whatever goes wrong in checking is told in the same way.
     *
     * @param data null for none
     */
    public List<String> check(JsonNode data) {
        if (data == null || data instanceof MissingNode) {
            return schema.isObject() && !schema.isEmpty() ? List.of("data is missing") : List.of();
        }
        try {
            Ready is = ready();
            if (!is.problems().isEmpty()) {
                return List.of("outputs is not a usable JSON Schema: "
                        + is.problems().stream().map(Violation::toString).collect(Collectors.joining("; ")));
            }
            boolean all = JsonShape.of(data).nodes() <= MAX_NODES_FOR_ALL;
            return told(is.schema().validate(data, (ExecutionContext context) -> context.getExecutionConfig()
                    .setFailFast(!all)));
        } catch (Throwable e) {
            // Whoever waits for the report must be told, also where the library ran out of stack or memory.
            return List.of(
                    "data cannot be checked against outputs: " + e.getClass().getSimpleName());
        }
    }

    Ready ready() {
        return ready.get();
    }

    private Ready makeReady() {
        JsonShape shape = JsonShape.of(schema);
        if (shape.depth() > MAX_DEPTH) {
            return Ready.not("", "is nested deeper than " + MAX_DEPTH + " levels; move parts of it under $defs");
        }
        if (shape.nodes() > MAX_NODES) {
            return Ready.not("", "has more than " + MAX_NODES + " values");
        }
        if (!schema.isObject() && !schema.isBoolean()) {
            return Ready.not("", "must be a JSON Schema: an object, true or false");
        }
        List<Violation> problems = new ArrayList<>();
        META_SCHEMA.validate(schema).stream()
                .limit(MAX_TOLD)
                .forEach(m -> problems.add(new Violation(
                        dotted(m),
                        "is not as JSON Schema has it: " + m.getMessage().replaceFirst("^[^:]*: ", ""))));
        problems.addAll(SchemaReferences.problems(schema));
        if (!problems.isEmpty()) {
            return new Ready(null, problems);
        }
        JsonSchema made = FACTORY.getSchema(schema, CONFIG);
        made.initializeValidators();
        return new Ready(made, List.of());
    }

    private static String dotted(ValidationMessage message) {
        return message.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "");
    }

    private static List<String> told(Set<ValidationMessage> all) {
        List<String> told = all.stream()
                .limit(MAX_TOLD)
                .map(m -> "data" + m.getMessage().substring(m.getMessage().startsWith("$") ? 1 : 0))
                .collect(Collectors.toCollection(ArrayList::new));
        if (all.size() > MAX_TOLD) {
            told.add("and " + (all.size() - MAX_TOLD) + " more");
        }
        return told;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutputsSchema that && that.schema.equals(schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public String toString() {
        return schema.toString();
    }

    /**
     * The schema as the library wants it.
     *
     * @param schema null if there are problems
     */
    record Ready(JsonSchema schema, List<Violation> problems) {
        private static Ready not(String path, String problem) {
            return new Ready(null, List.of(new Violation(path, problem)));
        }
    }
}
