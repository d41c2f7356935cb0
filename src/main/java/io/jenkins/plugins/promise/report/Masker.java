package io.jenkins.plugins.promise.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replaces the values of secrets by {@code ****}, also where they were URL-encoded, escaped for JSON, or turned into
 * hexadecimal digits or base64, there with anything before and after them. One pass over a text finds all of them.
 *
 * <p>A secret of fewer than {@value SecretForms#MIN_LENGTH} characters is replaced only where it stands as it is. Of a
 * longer one than {@value Needles#MAX_LENGTH} characters the beginning is looked for, and what follows is taken for the
 * rest as long as it consists of the secret's characters; this also hides one that is broken into lines.
 */
public final class Masker {
    private static final String MASK = "****";

    private final Set<String> forms = new TreeSet<>();
    private final Needles needles;

    /** A masker of these values; empty ones hide nothing. */
    public Masker(Collection<String> secrets) {
        secrets.forEach(secret -> forms.addAll(SecretForms.of(secret)));
        needles = new Needles(forms);
    }

    /** The text without the secrets. */
    public String mask(String text) {
        return forms.isEmpty() ? text : new MaskedText(needles).add(text).end().take();
    }

    /**
     * A stream that writes to that one what is written to it, without the secrets, however they are cut into pieces. It
     * holds back what may be the beginning of a secret, and writes it when it is closed.
     *
     * @param charset of what is written: one in which ASCII is ASCII
     */
    public OutputStream over(OutputStream out, Charset charset) {
        if (forms.isEmpty()) {
            return out;
        }
        Set<String> bytes = new TreeSet<>();
        forms.forEach(form -> bytes.add(new String(form.getBytes(charset), StandardCharsets.ISO_8859_1)));
        return new MaskingStream(out, new Needles(bytes));
    }

    /** The outcome without the secrets: reason, data (keys too) and log. */
    public Outcome mask(Outcome outcome) {
        if (forms.isEmpty()) {
            return outcome;
        }
        ReportLog log = outcome.log();
        return new Outcome(
                outcome.status(),
                mask(outcome.reason()),
                outcome.data() == null ? null : mask(outcome.data()),
                log == null
                        ? null
                        : new ReportLog(
                                log.url() == null ? null : mask(log.url()),
                                log.tail().stream().map(this::mask).toList(),
                                log.truncated()));
    }

    private JsonNode mask(JsonNode node) {
        if (node.isObject()) {
            ObjectNode masked = Json.mapper().createObjectNode();
            node.fields().forEachRemaining(e -> masked.set(mask(e.getKey()), mask(e.getValue())));
            return masked;
        }
        if (node.isArray()) {
            ArrayNode masked = Json.mapper().createArrayNode();
            node.forEach(item -> masked.add(mask(item)));
            return masked;
        }
        if (node.isNumber() && !mask(node.asText()).equals(node.asText())) {
            return TextNode.valueOf(MASK);
        }
        return node.isTextual() ? TextNode.valueOf(mask(node.asText())) : node;
    }
}
