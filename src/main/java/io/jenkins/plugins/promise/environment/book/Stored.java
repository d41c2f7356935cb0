package io.jenkins.plugins.promise.environment.book;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.promise.contract.json.Json;

/** Values as the ledger keeps them. */
final class Stored {
    private Stored() {}

    /** As JSON; null for null. */
    static String text(Object value) {
        try {
            return value == null ? null : Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written", e);
        }
    }

    /** From JSON; null for null. */
    static <T> T read(String text, Class<T> type) {
        try {
            return text == null ? null : Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "what the ledger has of an environment cannot be read as " + type.getSimpleName() + ": "
                            + Json.told(e),
                    e);
        }
    }
}
