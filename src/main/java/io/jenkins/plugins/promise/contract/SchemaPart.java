package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part of a schema that is a schema itself, with those that it has look at the same value. */
final class SchemaPart {
    /** The keywords that refer to another part. */
    static final List<String> REFERENCES = List.of("$ref", "$dynamicRef");

    private static final int MAX_PATH = 200;
    private static final int MAX_CHAIN = 64;
    private static final long MAX_LOOKS = 10_000;

    private final JsonNode node;
    private final SchemaPart above;
    private final String step;
    private final List<SchemaPart> same = new ArrayList<>();

    /**
     * A part.
     *
     * @param above the part that it lies in; null for none
     * @param step from that part to here, with dots
     */
    SchemaPart(JsonNode node, SchemaPart above, String step) {
        this.node = node;
        this.above = above;
        this.step = step;
    }

    JsonNode node() {
        return node;
    }

    /** A part that looks at the same value as this one. */
    void looksAtSame(SchemaPart other) {
        same.add(other);
    }

    /** Where a keyword of this part stands, or with none the part itself, with dots; the end of it if it is long. */
    String path(String keyword) {
        StringBuilder path = new StringBuilder(keyword);
        for (SchemaPart part = this; part != null && path.length() <= MAX_PATH; part = part.above) {
            if (!part.step.isEmpty()) {
                path.insert(0, path.isEmpty() ? part.step : part.step + ".");
            }
        }
        return path.length() <= MAX_PATH ? path.toString() : "…" + path.substring(path.length() - MAX_PATH);
    }

    /**
     * What would never end, or not soon: parts that come back to themselves without going down into the data, long chains
     * of references, and references that multiply.
     */
    static List<Violation> circles(List<SchemaPart> parts) {
        Walk walk = new Walk(parts);
        walk.fromTheEnds();
        return walk.problems();
    }

    /** Goes from the parts that need no other to those that need them. Who is never reached needs himself. */
    private static final class Walk {
        private final List<SchemaPart> parts;
        private final Map<SchemaPart, Cost> costs = new HashMap<>();

        private Walk(List<SchemaPart> parts) {
            this.parts = parts;
            parts.forEach(p -> costs.put(p, new Cost(p.same.size())));
            parts.forEach(
                    p -> p.same.forEach(needed -> costs.get(needed).neededBy.add(p)));
        }

        private void fromTheEnds() {
            Deque<SchemaPart> ready = new ArrayDeque<>();
            parts.stream().filter(p -> p.same.isEmpty()).forEach(ready::add);
            while (!ready.isEmpty()) {
                Cost cost = costs.get(ready.removeFirst());
                for (SchemaPart user : cost.neededBy) {
                    if (costs.get(user).add(cost)) {
                        ready.add(user);
                    }
                }
            }
        }

        private List<Violation> problems() {
            for (SchemaPart part : parts) {
                Cost cost = costs.get(part);
                if (cost.left > 0) {
                    return List.of(new Violation(
                            onCircle(part),
                            "comes back to where it started without going down into the data; let it go through"
                                    + " properties or items"));
                }
                if (cost.chain > MAX_CHAIN) {
                    return List.of(new Violation(
                            part.path(""),
                            "goes through a chain of more than " + MAX_CHAIN + " references; shorten it"));
                }
                if (cost.looks > MAX_LOOKS) {
                    return List.of(new Violation(
                            part.path(""),
                            "looks at one value more than " + MAX_LOOKS + " times, for its references multiply"));
                }
            }
            return List.of();
        }

        /** Where the circle is that this part gets into: at a reference on it, for without one no part lies in itself. */
        private String onCircle(SchemaPart start) {
            Set<SchemaPart> seen = new LinkedHashSet<>();
            SchemaPart part = start;
            while (seen.add(part)) {
                part = part.same.stream()
                        .filter(p -> costs.get(p).left > 0)
                        .findFirst()
                        .orElseThrow();
            }
            List<SchemaPart> way = new ArrayList<>(seen);
            return way.subList(way.indexOf(part), way.size()).stream()
                    .flatMap(p -> REFERENCES.stream().filter(p.node::has).map(p::path))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final class Cost {
        private final List<SchemaPart> neededBy = new ArrayList<>();
        private int left;
        private int chain = 1;
        private long looks = 1;

        private Cost(int left) {
            this.left = left;
        }

        /** Adds what a part that is needed costs; whether that was the last one. */
        private boolean add(Cost needed) {
            chain = Math.max(chain, needed.chain + 1);
            looks = Math.min(looks + needed.looks, MAX_LOOKS + 1);
            return --left == 0;
        }
    }
}
