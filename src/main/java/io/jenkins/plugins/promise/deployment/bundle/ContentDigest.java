package io.jenkins.plugins.promise.deployment.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells two contents of a version apart: a SHA-256 over a form of it that is written here, member by member, and hangs on
 * no library's. A member that is not there is left out, so that a new kind of member changes no digest of a version that
 * has none. Whoever changes the form in another way counts {@link #FORMAT} up: versions that are deployed would no longer
 * be what they are said to be.
 *
 * @param hex the SHA-256 in hex
 */
public record ContentDigest(String hex) {
    private static final int FORMAT = 2;

    /** The digest of a release as it is; its name and its version are no part of it. */
    public static ContentDigest of(Release release) throws IOException {
        return of(release.deployed(), release.script().orElse(null), release.files());
    }

    /**
     * The digest of what a release will be made of.
     *
     * @param is its name, version and content do not count
     * @param source null for a worker
     */
    public static ContentDigest of(Deployed is, ScriptSource source, Map<String, ByteSource> files) throws IOException {
        Form form = new Form();
        form.add("kind", is.kind().keyword());
        form.addIfThere("about", is.about());
        form.add("script", is.script());
        form.addIfThere("label", is.label());
        add(form, is.contract());
        is.uses().forEach((name, version) -> form.add("uses " + name, version));
        if (source != null) {
            source.parts().forEach(p -> form.add("source " + p.file(), p.text()));
        }
        for (Map.Entry<String, ByteSource> file : new TreeMap<>(files).entrySet()) {
            form.add(
                    "file " + file.getKey(),
                    file.getValue().hash(Hashing.sha256()).toString());
        }
        return new ContentDigest(HexFormat.of().formatHex(form.digest.digest()));
    }

    private static void add(Form form, Contract contract) {
        form.addIfThere("deadline", contract.deadline());
        form.addIfThere("keep days", contract.keep().days());
        form.addIfThere("keep builds", contract.keep().builds());
        form.addIfThere("concurrency", contract.concurrency());
        form.addIfThere("attempts", contract.attempts());
        contract.produces().forEach(p -> form.add("produces", p));
        for (Input input : contract.inputs()) {
            form.add("input", input.name());
            form.add("type", input.type().keyword());
            form.addIfThere("required", input.required() ? "true" : null);
            form.addIfThere("default", input.defaultValue());
            form.addIfThere("pattern", input.pattern());
            input.choices().forEach(c -> form.add("choice", c));
            form.addIfThere(
                    "receives",
                    input.receives() == null ? null : input.receives().keyword());
            form.addIfThere("about", input.about());
        }
        if (contract.outputs() != null) {
            add(form, "outputs", contract.outputs().json());
        }
    }

    /** The order of an object's members says nothing; that of an array's does. */
    private static void add(Form form, String name, JsonNode json) {
        switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> members = new TreeMap<>();
                json.fields().forEachRemaining(m -> members.put(m.getKey(), m.getValue()));
                form.add(name, "object of " + members.size());
                members.forEach((member, value) -> add(form, "member " + member, value));
            }
            case ARRAY -> {
                form.add(name, "array of " + json.size());
                json.forEach(element -> add(form, "element", element));
            }
            case STRING -> form.add(name, "string " + json.textValue());
            case NUMBER -> form.add(name, "number " + json.decimalValue());
            default -> form.add(name, json.asText());
        }
    }

    /** As a version carries it: with the number of the form. */
    public String text() {
        return FORMAT + ":" + hex;
    }

    /** Whether that can be the {@link #text} of a digest of this form. */
    static boolean valid(String text) {
        return text.matches(FORMAT + ":[0-9a-f]{64}");
    }

    /** What is digested: names and values, one after the other. */
    private static final class Form {
        private final MessageDigest digest;

        private Form() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        private void addIfThere(String name, Object value) {
            if (value != null) {
                add(name, value.toString());
            }
        }

        /** With the lengths of both, so that no two contents run together into the same bytes. */
        private void add(String name, String value) {
            addBytes(name);
            addBytes(value);
        }

        private void addBytes(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }
}
