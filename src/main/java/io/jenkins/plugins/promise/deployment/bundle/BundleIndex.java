package io.jenkins.plugins.promise.deployment.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.json.MalformedJson;
import io.jenkins.plugins.promise.contract.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The first entry of a bundle.
 *
 * @param format {@link #FORMAT}
 * @param suite the suite's name
 * @param versions each after those it uses
 * @param tokens who may submit a job over HTTP, by common name
 */
public record BundleIndex(int format, String suite, List<Deployed> versions, Map<String, SubmitToken> tokens) {
    static final String NAME = "bundle.json";
    static final int FORMAT = 2;

    /** A schema may have 64 levels, and lies in a contract in a version. */
    private static final int MOST_LEVELS = 70;

    /** What is not known or only nearly what it should be is no bundle's: nothing of it is left out in silence. */
    private static final JsonMapper STRICT = Json.mapper()
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    /** Copies what it is given. */
    public BundleIndex {
        versions = versions == null ? new ArrayList<>() : new ArrayList<>(versions);
        tokens = tokens == null ? new TreeMap<>() : new TreeMap<>(tokens);
    }

    static BundleIndex read(byte[] json) throws BrokenBundle {
        JsonNode tree = tree(json, NAME);
        int format = tree.path("format").asInt();
        if (format != FORMAT) {
            throw new BrokenBundle("its format is " + format + ", and this controller reads " + FORMAT
                    + "; compile the suite again with the same release of promise");
        }
        return value(tree, BundleIndex.class, NAME);
    }

    /** An orchestration's script, as a bundle or a store holds it. */
    public static ScriptSource source(byte[] json, String shown) throws BrokenBundle {
        JsonNode tree = tree(json, shown);
        JsonNode parts = tree.path("parts");
        boolean good = parts.isArray() && !parts.isEmpty();
        for (JsonNode part : parts) {
            good &= part.path("file").isTextual() && part.path("text").isTextual();
        }
        if (!good) {
            throw new BrokenBundle(shown + " is damaged: it has no parts of a file and a text each");
        }
        return value(tree, ScriptSource.class, shown);
    }

    private static JsonNode tree(byte[] json, String shown) throws BrokenBundle {
        JsonNode tree;
        try {
            tree = new StrictJson(MOST_LEVELS).tree(json);
        } catch (MalformedJson e) {
            throw new BrokenBundle(shown + " " + e.getMessage());
        }
        if (!tree.isObject()) {
            throw new BrokenBundle(shown + " is damaged: it is no JSON object");
        }
        checkMembers(tree, shown + ":");
        return tree;
    }

    /** Nothing that is written is null. Only a schema may hold what it wants. */
    private static void checkMembers(JsonNode node, String path) throws BrokenBundle {
        if (node.isNull()) {
            throw new BrokenBundle(path + " is null");
        }
        int at = 0;
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            checkMembers(element, path + "[" + at++ + "]");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String below = path
                    + (path.endsWith(":") ? " " : ".")
                    + BundleNames.shown(member.getKey()).replace("'", "");
            if (!member.getKey().equals("outputs") || member.getValue().isNull()) {
                checkMembers(member.getValue(), below);
            }
        }
    }

    private static <T> T value(JsonNode tree, Class<T> type, String shown) throws BrokenBundle {
        try {
            return STRICT.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                    .collect(Collectors.joining());
            throw new BrokenBundle(shown + ": " + path.replaceFirst("^\\.", "")
                    + (e instanceof UnrecognizedPropertyException
                            ? " is nothing that this controller knows"
                            : " is nothing that can stand there"));
        } catch (JsonProcessingException e) {
            throw new BrokenBundle(shown + " is damaged: " + Json.told(e));
        }
    }
}
