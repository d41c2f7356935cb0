package io.jenkins.plugins.promise.component.generation;

import com.google.common.collect.Lists;
import io.jenkins.plugins.promise.component.Component;
import java.util.ArrayList;
import java.util.List;

/**
 * A script about many components. The engine translates a block into one call with an argument for each statement, and Java
 * allows 255: so each component has a method, and many calls are made from methods of their own.
 */
final class ScriptParts {
    private static final int MOST = 50;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();

    void line(String line) {
        text.append(line).append('\n');
    }

    /** A method, beginning with its first line and ending with a line break. */
    void method(String method) {
        methods.append('\n').append(method);
    }

    /** The input that is a component's commit. */
    static String commit(Component component) {
        return "inputs." + component.input(Place.HASH);
    }

    /** The variable {@code commits}: those that are given, by component. */
    void commits(List<Component> components) {
        map(
                "commits",
                components.stream()
                        .map(c -> Quoted.groovy(c.name()) + ": " + commit(c))
                        .toList());
    }

    /** A variable with a map, without entries that have no value. */
    void map(String name, List<String> entries) {
        if (entries.size() <= MOST) {
            line("def " + name + " = [");
            entries.forEach(e -> line("    " + e + ","));
            line("].findAll { it.value }");
            return;
        }
        line("def " + name + " = [:]");
        int part = 0;
        for (List<String> some : Lists.partition(entries, MOST)) {
            String method = name + "_" + ++part;
            line(name + ".putAll(" + method + "())");
            method("def " + method + "() {\n    return [\n        " + String.join(",\n        ", some)
                    + ",\n    ].findAll { it.value }\n}\n");
        }
    }

    /** A call of {@code name_WORD()} for each word; no word begins with a digit. */
    void calls(String name, String indent, List<String> words) {
        calls(name, indent, words, "");
    }

    /**
     * The same with an argument.
     *
     * @param argument a variable; empty for none
     */
    void calls(String name, String indent, List<String> words, String argument) {
        List<String> calls = new ArrayList<>();
        words.forEach(w -> calls.add(name + "_" + w + "(" + argument + ")"));
        if (calls.size() <= MOST) {
            calls.forEach(c -> line(indent + c));
            return;
        }
        int part = 0;
        for (List<String> some : Lists.partition(calls, MOST)) {
            String method = name + "_" + ++part + "(" + argument + ")";
            line(indent + method);
            method("def " + method + " {\n    " + String.join("\n    ", some) + "\n}\n");
        }
    }

    /** The whole script. */
    String text() {
        return text.toString() + methods;
    }
}
