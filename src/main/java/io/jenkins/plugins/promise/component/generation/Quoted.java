package io.jenkins.plugins.promise.component.generation;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.stream.Collectors;

/** Texts as they stand in generated files. */
final class Quoted {
    private Quoted() {}

    /** In YAML, which JSON is. */
    static String yaml(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** A list in YAML. */
    static String yaml(Collection<String> texts) {
        return texts.stream().map(Quoted::yaml).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A string in Groovy in which nothing is replaced. */
    static String groovy(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** A word in bash. */
    static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
