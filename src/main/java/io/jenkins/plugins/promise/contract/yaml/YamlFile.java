package io.jenkins.plugins.promise.contract.yaml;

import io.jenkins.plugins.promise.contract.json.StorableText;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Takes a YAML file (JSON is YAML too) as a mapping, if it is one and small enough, and tells what keeps it from being one. */
public final class YamlFile {
    private static final int MAX_BYTES = 1_000_000;

    private YamlFile() {}

    /**
     * Reads a file.
     *
     * @param name the file's name for findings
     * @param findings where everything that is wrong goes
     * @return the file's mapping; an empty one if it cannot be read
     */
    public static YamlMapping read(Path file, String name, List<Finding> findings) {
        byte[] bytes;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                findings.add(Finding.error(name, 0, "", "is not a regular file"));
                return new YamlMapping(name, "", null, findings);
            }
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException e) {
            findings.add(Finding.error(name, 0, "", "cannot be read: " + e));
            return new YamlMapping(name, "", null, findings);
        }
        return parse(bytes, name, findings);
    }

    /** Reads a file's content; as {@link #read}. */
    public static YamlMapping parse(byte[] bytes, String name, List<Finding> findings) {
        if (bytes.length > MAX_BYTES) {
            findings.add(Finding.error(name, 0, "", "is larger than " + MAX_BYTES + " bytes"));
            return new YamlMapping(name, "", null, findings);
        }
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(YamlMapping.MAX_DEPTH);
        options.setAllowRecursiveKeys(false);
        String text = "";
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root != null && !storable(root, name, findings)) {
                return new YamlMapping(name, "", null, findings);
            }
            if (root instanceof MappingNode mapping) {
                return new YamlMapping(name, "", mapping, findings);
            }
            findings.add(Finding.error(
                    name,
                    root == null ? 0 : YamlMapping.lineOf(root),
                    "",
                    root == null ? "is empty" : "must hold keys and values"));
        } catch (CharacterCodingException e) {
            findings.add(Finding.error(name, 0, "", "is not UTF-8"));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            findings.add(Finding.error(name, line, "", "is not YAML: " + e.getProblem()));
        } catch (IllegalArgumentException e) {
            // Not declared by the library, and without a place: a tag such as "!set%20", an escape that is cut off.
            String problem = e instanceof NumberFormatException ? "an escape is cut off" : e.getMessage();
            findings.add(Finding.error(name, lineOfFailure(text), "", "is not YAML: " + problem));
        } catch (YAMLException e) {
            // Of its limits the library tells no line: how deep, how large, how many aliases.
            findings.add(Finding.error(name, 0, "", "is not YAML: " + e.getMessage()));
        }
        return new YamlMapping(name, "", null, findings);
    }

    /** The line of what the library throws undeclared exceptions for: a tag with a blank at its ends, else where it stops. */
    private static int lineOfFailure(String text) {
        int line = 0;
        try {
            for (Event event : new Yaml().parse(new StringReader(text))) {
                line = event.getEndMark().getLine() + 1;
                String tag = null;
                if (event instanceof ScalarEvent scalar) {
                    tag = scalar.getTag();
                } else if (event instanceof CollectionStartEvent collection) {
                    tag = collection.getTag();
                }
                if (tag != null && !tag.equals(tag.trim())) {
                    return event.getStartMark().getLine() + 1;
                }
            }
        } catch (IllegalArgumentException e) {
            return line;
        }
        return line;
    }

    /** Whether all text in it can be kept; escapes such as "\\0" and "\\ud800" write what cannot. */
    private static boolean storable(Node root, String name, List<Finding> findings) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        boolean good = true;
        while (!open.isEmpty()) {
            Node node = open.removeFirst();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof ScalarNode scalar) {
                Optional<String> problem = StorableText.problem(scalar.getValue());
                problem.ifPresent(
                        p -> findings.add(Finding.error(name, YamlMapping.lineOf(scalar), "", "a text " + p)));
                good &= problem.isEmpty();
            } else if (node instanceof SequenceNode sequence) {
                open.addAll(sequence.getValue());
            } else if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(t -> {
                    open.add(t.getKeyNode());
                    open.add(t.getValueNode());
                });
            }
        }
        return good;
    }
}
