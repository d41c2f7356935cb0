package io.jenkins.plugins.promise.component.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.component.Component;
import io.jenkins.plugins.promise.contract.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a graph of components is told. */
public enum GraphFormat {
    /** A line for each component, in the order of release. */
    TEXT {
        @Override
        public String of(DependencyGraph graph) {
            StringBuilder text = new StringBuilder();
            for (List<String> train : graph.trains()) {
                text.append(String.join(", ", train))
                        .append(train.size() > 1 ? "  one train: they depend on each other" : "")
                        .append('\n');
                for (String name : train) {
                    Component component = graph.components().get(name);
                    String of = train.size() > 1 ? name + " " : "";
                    line(text, of + "needs", component.needs());
                    line(text, of + "depends on", component.depends());
                }
            }
            return text.toString();
        }

        private void line(StringBuilder text, String what, List<String> names) {
            if (!names.isEmpty()) {
                text.append("  ")
                        .append(what)
                        .append(' ')
                        .append(String.join(", ", names))
                        .append('\n');
            }
        }
    },
    /** For Graphviz. */
    DOT {
        @Override
        public String of(DependencyGraph graph) {
            StringBuilder text = new StringBuilder("digraph components {\n    rankdir=RL;\n    node [shape=box];\n");
            int number = 0;
            for (List<String> train : graph.trains()) {
                if (train.size() > 1) {
                    text.append("    subgraph cluster_")
                            .append(++number)
                            .append(" { label=\"one train\"; \"")
                            .append(String.join("\"; \"", train))
                            .append("\"; }\n");
                } else {
                    text.append("    \"").append(train.get(0)).append("\";\n");
                }
            }
            graph.components().values().forEach(c -> {
                c.depends().forEach(d -> edge(text, c, d, ""));
                c.needs().forEach(n -> edge(text, c, n, " [style=dashed]"));
            });
            return text.append("}\n").toString();
        }

        private void edge(StringBuilder text, Component from, String to, String style) {
            text.append("    \"")
                    .append(from.name())
                    .append("\" -> \"")
                    .append(to)
                    .append('"')
                    .append(style)
                    .append(";\n");
        }
    },
    /** For programs. */
    JSON {
        @Override
        public String of(DependencyGraph graph) {
            ObjectNode json = Json.mapper().createObjectNode();
            ObjectNode all = json.putObject("components");
            graph.components().forEach((name, component) -> {
                ObjectNode one = all.putObject(name);
                component.needs().forEach(one.putArray("needs")::add);
                component.depends().forEach(one.putArray("depends")::add);
                graph.dependents(name).forEach(one.putArray("dependents")::add);
            });
            graph.buildOrder().forEach(json.putArray("buildOrder")::add);
            ArrayNode trains = json.putArray("trains");
            graph.trains().forEach(train -> train.forEach(trains.addArray()::add));
            return json.toPrettyString() + "\n";
        }
    },
    /** A picture: what comes first stands on the left; what is needed to build is dashed. */
    SVG {
        @Override
        public String of(DependencyGraph graph) {
            return new GraphPicture(graph).svg();
        }
    };

    /** The graph, told so; it ends with a line break. */
    public abstract String of(DependencyGraph graph);

    /** How far from the left each component stands: further than all that come before it, together with its circle. */
    static Map<String, Integer> columns(DependencyGraph graph) {
        Map<String, Integer> columns = new TreeMap<>();
        for (List<String> row : graph.rows()) {
            int column = 0;
            for (String name : row) {
                Component component = graph.components().get(name);
                for (List<String> before : List.of(component.needs(), component.depends())) {
                    for (String one : before) {
                        column = Math.max(column, columns.getOrDefault(one, -1) + 1);
                    }
                }
            }
            for (String name : row) {
                columns.put(name, column);
            }
        }
        return columns;
    }
}
