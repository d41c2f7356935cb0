package io.jenkins.plugins.promise.contract.yaml;

import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Collects the lines of all keys in a value, as long as there are not very many. */
final class YamlLines {
    private static final int MAX_LINES = 10_000;
    private static final int MAX_PATH = 500;

    private final Map<String, Integer> lines;
    // Aliases may make a short file stand for more than there is time and memory for.
    private int left = MAX_LINES;

    YamlLines(Map<String, Integer> lines) {
        this.lines = lines;
    }

    void add(String path, Node node, int depth) {
        if (depth < YamlMapping.MAX_DEPTH && path.length() < MAX_PATH && node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (left-- > 0
                        && tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().length() < MAX_PATH) {
                    String below = path + "." + key.getValue();
                    lines.put(below, YamlMapping.lineOf(key));
                    add(below, tuple.getValueNode(), depth + 1);
                }
            }
        }
    }
}
