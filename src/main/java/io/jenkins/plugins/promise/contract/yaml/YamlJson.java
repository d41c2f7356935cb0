package io.jenkins.plugins.promise.contract.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.contract.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns one value of a YAML file into JSON. */
final class YamlJson {
    private static final int MAX_NODES = 50_000;
    private static final int MAX_SHOWN = 40;
    /** JSON's grammar of a number, with bounds that keep a BigDecimal of it small. */
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");

    private static final Pattern NUMBER_OF_ANY_LENGTH =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    /** What some version of YAML reads as a number, and JSON does not. */
    private static final Pattern OTHER_NUMBER = Pattern.compile("[-+]?(0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+|0[0-9]+"
            + "|\\.[0-9]+|[0-9]+\\.|\\+[0-9.]+|\\.(inf|Inf|INF)|\\.(nan|NaN|NAN))([eE][-+]?[0-9]+)?|\\+[0-9.eE]+");

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ);

    private int nodes;

    /**
     * The value of a node.
     *
     * @throws IllegalArgumentException with what is wrong, as the end of a sentence that begins with the key
     */
    JsonNode of(Node node, int depth) {
        // An alias may stand for a large tree, many times over, or for the tree it is part of.
        if (depth > YamlMapping.MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new IllegalArgumentException("is too large or nested too deeply");
        }
        if (!TAGS.contains(node.getTag())) {
            throw new IllegalArgumentException(
                    "has the tag " + shortened(node.getTag().getValue()) + ", which means nothing here; leave it out");
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = Json.mapper().createObjectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new IllegalArgumentException("has a key that is not a plain word");
                }
                if (Tag.MERGE.equals(key.getTag())) {
                    throw new IllegalArgumentException("has a merge key (<<), which is not read; write its values out");
                }
                if (object.has(key.getValue())) {
                    throw new IllegalArgumentException("has the key " + key.getValue() + " twice");
                }
                object.set(key.getValue(), of(tuple.getValueNode(), depth + 1));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = Json.mapper().createArrayNode();
            sequence.getValue().forEach(item -> array.add(of(item, depth + 1)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        ObjectNode holder = Json.mapper().createObjectNode();
        String value = node.getValue();
        if (node.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN || value.isEmpty()) {
            return Tag.NULL.equals(node.getTag()) ? holder.nullNode() : holder.textNode(value);
        }
        if (NUMBER.matches(value)) {
            return number(value, holder);
        }
        if (OTHER_NUMBER.matches(value) || NUMBER_OF_ANY_LENGTH.matches(value)) {
            throw new IllegalArgumentException("has the number " + shortened(value)
                    + ", which JSON writes otherwise or not at all; write it as in 12, -1.5 or 2e9, or in quotes if it is"
                    + " text");
        }
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return bool(value, holder);
        }
        return Tag.NULL.equals(node.getTag()) ? holder.nullNode() : holder.textNode(value);
    }

    private static JsonNode bool(String value, ObjectNode holder) {
        if (value.equals("true") || value.equals("false")) {
            return holder.booleanNode(value.equals("true"));
        }
        throw new IllegalArgumentException("has " + value + "; write true or false, or put it in quotes if it is text");
    }

    private static JsonNode number(String value, ObjectNode holder) {
        if (value.contains(".") || value.contains("e") || value.contains("E")) {
            return holder.numberNode(new BigDecimal(value));
        }
        BigInteger number = new BigInteger(value);
        if (number.bitLength() < Integer.SIZE) {
            return holder.numberNode(number.intValueExact());
        }
        return number.bitLength() < Long.SIZE ? holder.numberNode(number.longValueExact()) : holder.numberNode(number);
    }

    private static String shortened(String value) {
        return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
    }
}
