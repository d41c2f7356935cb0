package io.jenkins.plugins.promise.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.promise.contract.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Replaces the values of secrets by {@code ****}, also where they were URL-encoded or turned into base64. */
public final class Masker {
    private static final String MASK = "****";

    private final List<String> hidden;

    /** A masker of these values; empty ones hide nothing. */
    public Masker(Collection<String> secrets) {
        TreeSet<String> forms = new TreeSet<>();
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                forms.add(secret);
                forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
                forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
                forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            }
        }
        hidden = new ArrayList<>(forms);
        // A secret that is part of another must not spoil the longer one.
        hidden.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** The text without the secrets. */
    public String mask(String text) {
        String masked = text;
        for (String secret : hidden) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** The outcome without the secrets: reason, data (keys too) and log. */
    public Outcome mask(Outcome outcome) {
        if (hidden.isEmpty()) {
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
