package io.jenkins.plugins.promise.contract.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A list in which most items need one word, and some a mapping. */
public final class YamlItems {
    private YamlItems() {}

    /**
     * The items of a list, each as a mapping.
     *
     * @param key the list's key
     * @param only the key that an item has which is a single value
     * @return empty if the key is not there or is no list
     */
    public static List<YamlMapping> of(YamlMapping yaml, String key, String only) {
        List<YamlMapping> items = new ArrayList<>();
        if (!yaml.has(key)) {
            return items;
        }
        if (!(yaml.value(key) instanceof SequenceNode sequence)) {
            yaml.error(key, "must be a list, as in [a, b]");
            return items;
        }
        String file = yaml.file();
        for (Node node : sequence.getValue()) {
            if (node instanceof SequenceNode) {
                yaml.findings()
                        .add(Finding.error(
                                file,
                                YamlMapping.lineOf(node),
                                yaml.at(key),
                                "must be a list of single values or mappings"));
            } else {
                MappingNode mapping = node instanceof MappingNode given ? given : mapping((ScalarNode) node, only);
                items.add(new YamlMapping(file, yaml.at(key), mapping, yaml.findings()));
            }
        }
        return items;
    }

    private static MappingNode mapping(ScalarNode value, String key) {
        ScalarNode name =
                new ScalarNode(Tag.STR, key, value.getStartMark(), value.getEndMark(), DumperOptions.ScalarStyle.PLAIN);
        return new MappingNode(
                Tag.MAP,
                true,
                List.of(new NodeTuple(name, value)),
                value.getStartMark(),
                value.getEndMark(),
                DumperOptions.FlowStyle.BLOCK);
    }
}
