package io.jenkins.plugins.promise.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a JSON value is. It is measured without recursion, so that it can be asked of any value before what recurses
 * is let near it.
 *
 * @param depth how many objects and arrays lie in one another
 * @param nodes how many values there are in all
 */
public record JsonShape(int depth, long nodes) {
    /** Measures a value. */
    public static JsonShape of(JsonNode value) {
        Deque<Level> open = new ArrayDeque<>();
        open.add(new Level(value, 0));
        int depth = 0;
        long nodes = 0;
        while (!open.isEmpty()) {
            Level level = open.removeLast();
            nodes++;
            if (level.node().isContainerNode()) {
                int below = level.depth() + 1;
                depth = Math.max(depth, below);
                level.node().elements().forEachRemaining(child -> open.add(new Level(child, below)));
            }
        }
        return new JsonShape(depth, nodes);
    }

    private record Level(JsonNode node, int depth) {}
}
