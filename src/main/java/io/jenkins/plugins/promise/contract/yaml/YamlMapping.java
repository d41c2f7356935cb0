package io.jenkins.plugins.promise.contract.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping in a YAML file (JSON is YAML too) that is read key by key, keeps the line of everything, and collects what
 * is wrong instead of stopping at the first.
 */
public final class YamlMapping {
    static final int MAX_DEPTH = 40;

    private final String file;
    private final String path;
    private final int line;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Finding> findings;

    YamlMapping(String file, String path, MappingNode node, List<Finding> findings) {
        this.file = file;
        this.path = path;
        this.line = node == null ? 0 : lineOf(node);
        this.findings = findings;
        if (node == null) {
            return;
        }
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                findings.add(Finding.error(file, lineOf(tuple.getKeyNode()), path, "a key must be a plain word"));
            } else if (entries.putIfAbsent(key.getValue(), tuple) != null) {
                findings.add(Finding.error(file, lineOf(key), at(key.getValue()), "is given twice"));
            }
        }
    }

    /** The keys that are there, in the file's order. */
    public Set<String> keys() {
        return new LinkedHashSet<>(entries.keySet());
    }

    /** Whether that key is there with a value. */
    public boolean has(String key) {
        asked.add(key);
        NodeTuple tuple = entries.get(key);
        return tuple != null && !Tag.NULL.equals(tuple.getValueNode().getTag());
    }

    /** The line of a key, or of this mapping if the key is not there. */
    public int line(String key) {
        NodeTuple tuple = entries.get(key);
        return tuple == null ? line : lineOf(tuple.getKeyNode());
    }

    /** The line on which a text begins that is there: below its key if it is written as a block. */
    public int textLine(String key) {
        Node value = value(key);
        boolean block = value instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == DumperOptions.ScalarStyle.LITERAL
                        || scalar.getScalarStyle() == DumperOptions.ScalarStyle.FOLDED);
        return lineOf(value) + (block ? 1 : 0);
    }

    /** Says that something is wrong with a key. */
    public void error(String key, String message) {
        findings.add(Finding.error(file, line(key), at(key), message));
    }

    /**
     * Says that something is wrong in the value of a key.
     *
     * @param below where in the value, with dots; the nearest line that is known is told
     */
    public void error(String key, String below, String message) {
        String at = below.isEmpty() ? key : key + "." + below;
        findings.add(Finding.error(file, lineBelow(key, at), at(at), message));
    }

    /** Says that something in the value of a key is worth a look, as {@link #error(String, String, String)} does. */
    public void warning(String key, String below, String message) {
        String at = below.isEmpty() ? key : key + "." + below;
        findings.add(Finding.warning(file, lineBelow(key, at), at(at), message));
    }

    private int lineBelow(String key, String at) {
        Map<String, Integer> lines = lines(key);
        String known = at;
        while (!lines.containsKey(known) && known.contains(".")) {
            known = known.substring(0, known.lastIndexOf('.'));
        }
        return lines.getOrDefault(known, line(key));
    }

    /** A scalar as it is written; null if the key is not there or is no scalar. */
    public String text(String key) {
        if (!has(key)) {
            return null;
        }
        if (value(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        error(key, "must be a single value");
        return null;
    }

    /** A scalar that must be there; null, and a finding, if it is not. */
    public String requiredText(String key) {
        if (!has(key)) {
            error(key, "is missing");
            return null;
        }
        return text(key);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean otherwise) {
        String text = text(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            error(key, "must be true or false");
        }
        return text.equals("true");
    }

    /** A whole number from 1 to that; null if the key is not there or is no such number. */
    public Integer count(String key, int most) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        if (text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(text) <= most) {
            return Integer.valueOf(text);
        }
        error(key, "must be a whole number from 1 to " + most);
        return null;
    }

    /** A list of scalars; empty if the key is not there. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (!has(key)) {
            return texts;
        }
        if (!(value(key) instanceof SequenceNode sequence)) {
            error(key, "must be a list, as in [a, b]");
            return texts;
        }
        for (Node node : sequence.getValue()) {
            if (node instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                findings.add(Finding.error(file, lineOf(node), at(key), "must be a list of single values"));
            }
        }
        return texts;
    }

    /** A mapping; an empty one if the key is not there. */
    public YamlMapping mapping(String key) {
        if (has(key)) {
            if (value(key) instanceof MappingNode node) {
                return new YamlMapping(file, at(key), node, findings);
            }
            error(key, "must hold keys and values");
        }
        return new YamlMapping(file, at(key), null, findings);
    }

    Node value(String key) {
        return entries.get(key).getValueNode();
    }

    /** A list of mappings; one mapping counts as a list of one. Empty if the key is not there. */
    public List<YamlMapping> mappings(String key) {
        List<YamlMapping> mappings = new ArrayList<>();
        if (!has(key)) {
            return mappings;
        }
        Node value = value(key);
        List<Node> nodes = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        for (Node node : nodes) {
            if (node instanceof MappingNode mapping) {
                mappings.add(new YamlMapping(file, at(key), mapping, findings));
            } else {
                findings.add(Finding.error(file, lineOf(node), at(key), "must hold keys and values"));
            }
        }
        return mappings;
    }

    /**
     * The lines of a value and of all keys in it, by their path with dots, the value's own by the key. Of a value with
     * very many keys, or very long ones, some are missing.
     */
    public Map<String, Integer> lines(String key) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        if (has(key)) {
            lines.put(key, line(key));
            new YamlLines(lines).add(key, value(key), 0);
        }
        return lines;
    }

    /** Any value as JSON; null if the key is not there. */
    public JsonNode json(String key) {
        if (!has(key)) {
            return null;
        }
        try {
            return new YamlJson().of(value(key), 0);
        } catch (IllegalArgumentException e) {
            error(key, e.getMessage());
            return null;
        }
    }

    /** Says that every key nobody asked for is unknown, with the nearest known one. */
    public void refuseOthers() {
        refuseOthers(asked);
    }

    private void refuseOthers(Collection<String> known) {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                error(key, "is not known here" + Nearest.hint(key, known) + "; known are " + String.join(", ", known));
            }
        }
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String file() {
        return file;
    }

    List<Finding> findings() {
        return findings;
    }

    static int lineOf(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
