package io.jenkins.plugins.promise.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import groovy.lang.Closure;
import io.jenkins.plugins.promise.contract.json.Json;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** A value that a script hands over: it is what JSON can say, or it is refused with the place where it lies. */
final class ScriptValue {
    private static final int MOST_DEPTH = 200;
    private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();

    private ScriptValue() {}

    /**
     * The value as JSON: a text with values in it is its text, null stays.
     *
     * @param path what the value is called in a message
     * @throws StepException if it is, or holds, what JSON cannot say
     */
    static JsonNode json(Object value, String path) {
        return json(value, path, 0);
    }

    private static JsonNode json(Object value, String path, int depth) {
        if (depth > MOST_DEPTH) {
            throw new StepException(path.substring(0, Math.min(60, path.length()))
                    + "… is nested too deeply, or holds itself; JSON cannot say that");
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, item) -> object.set(String.valueOf(key), json(item, path + "." + key, depth + 1)));
            return object;
        }
        if (value instanceof Iterable<?> items && !(value instanceof JsonNode)) {
            ArrayNode array = NODES.arrayNode();
            for (Object item : items) {
                array.add(json(item, path + "[" + array.size() + "]", depth + 1));
            }
            return array;
        }
        if (value != null && value.getClass().isArray()) {
            ArrayNode array = NODES.arrayNode();
            for (int i = 0; i < Array.getLength(value); i++) {
                array.add(json(Array.get(value, i), path + "[" + i + "]", depth + 1));
            }
            return array;
        }
        return scalar(value, path);
    }

    private static JsonNode scalar(Object value, String path) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return NODES.textNode(value.toString());
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number(number, path);
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        throw new StepException(path + " is " + told(value) + ", which is no JSON value; " + way(value));
    }

    private static JsonNode number(Number number, String path) {
        if (number instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (number instanceof BigInteger integer) {
            return NODES.numberNode(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new StepException(path + " is " + number + ", which is no JSON value; say null, or a text");
            }
            return number instanceof Float single ? NODES.numberNode(single) : NODES.numberNode(number.doubleValue());
        }
        return number.longValue() == number.intValue()
                ? NODES.numberNode(number.intValue())
                : NODES.numberNode(number.longValue());
    }

    /** Whether it can be handed over as one text. */
    static boolean single(Object value) {
        return value instanceof CharSequence
                || value instanceof Character
                || value instanceof Boolean
                || value instanceof Number;
    }

    /** What it is, with its article. */
    static String told(Object value) {
        if (value instanceof Closure) {
            return "a closure";
        }
        return value instanceof Throwable
                ? "an exception"
                : "a " + value.getClass().getName();
    }

    private static String way(Object value) {
        if (value instanceof Closure) {
            return "hand over what it returns";
        }
        return value instanceof Throwable
                ? "hand over its message"
                : "hand over maps, lists, texts, numbers, true, false and null";
    }
}
