package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns one value of a YAML file into JSON. */
final class YamlJson {
    private static final int MAX_NODES = 50_000;

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
        if (node instanceof MappingNode mapping) {
            ObjectNode object = Json.mapper().createObjectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new IllegalArgumentException("has a key that is not a plain word");
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
        ScalarNode scalar = (ScalarNode) node;
        return scalar(scalar.getValue(), scalar.getTag());
    }

    private static JsonNode scalar(String value, Tag tag) {
        ObjectNode holder = Json.mapper().createObjectNode();
        if (Tag.NULL.equals(tag)) {
            return holder.nullNode();
        }
        if (Tag.BOOL.equals(tag) && (value.equals("true") || value.equals("false"))) {
            return holder.booleanNode(value.equals("true"));
        }
        if (Tag.INT.equals(tag) && value.matches("-?[0-9]{1,100}")) {
            BigInteger number = new BigInteger(value);
            if (number.bitLength() < Integer.SIZE) {
                return holder.numberNode(number.intValueExact());
            }
            return number.bitLength() < Long.SIZE
                    ? holder.numberNode(number.longValueExact())
                    : holder.numberNode(number);
        }
        if (Tag.FLOAT.equals(tag) && value.matches("-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?")) {
            return holder.numberNode(new BigDecimal(value));
        }
        return holder.textNode(value);
    }
}
