package io.jenkins.plugins.promise.component.graph;

import io.jenkins.plugins.promise.component.Component;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * Which components come before which: those that one {@code needs} are built before it, those that it {@code depends} on
 * are released before it and tested with it. All orders are the same for the same components.
 */
public final class DependencyGraph {
    private final Map<String, Component> components;
    private final Graph<String, DefaultEdge> needed;
    private final Graph<String, DefaultEdge> dependedOn;
    private final Graph<String, DefaultEdge> either;

    /** The graph of these; names of others, and a component's own, lead nowhere. */
    public DependencyGraph(Collection<Component> all) {
        components = new TreeMap<>();
        all.forEach(c -> components.put(c.name(), c));
        needed = graph(List.of(Component::needs));
        dependedOn = graph(List.of(Component::depends));
        either = graph(List.of(Component::needs, Component::depends));
    }

    /** An edge leads from what comes first to what comes after it. */
    private Graph<String, DefaultEdge> graph(List<Function<Component, List<String>>> reasons) {
        Graph<String, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
        components.keySet().forEach(graph::addVertex);
        for (Component after : components.values()) {
            for (Function<Component, List<String>> reason : reasons) {
                for (String before : reason.apply(after)) {
                    if (components.containsKey(before) && !before.equals(after.name())) {
                        graph.addEdge(before, after.name());
                    }
                }
            }
        }
        return graph;
    }

    /** Its components, by name. */
    public Map<String, Component> components() {
        return new TreeMap<>(components);
    }

    /**
     * Components none of which can be built first: for each knot of them a way round, the first name again at the end;
     * each needs the one after it.
     */
    public List<List<String>> circles() {
        List<List<String>> circles = new ArrayList<>();
        for (Set<String> knot : new KosarajuStrongConnectivityInspector<>(needed).stronglyConnectedSets()) {
            if (knot.size() > 1) {
                circles.add(round(new TreeSet<>(knot)));
            }
        }
        circles.sort(Comparator.comparing(c -> c.get(0)));
        return circles;
    }

    private List<String> round(TreeSet<String> knot) {
        String first = knot.first();
        String next = components.get(first).needs().stream()
                .filter(knot::contains)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        // Edges lead to whoever needs, so the way back from the first is the way on from the next, turned round.
        List<String> way = new ArrayList<>(
                BFSShortestPath.findPathBetween(needed, first, next).getVertexList());
        way.add(first);
        List<String> round = new ArrayList<>();
        for (int at = way.size() - 1; at >= 0; at--) {
            round.add(way.get(at));
        }
        return round;
    }

    /**
     * All components in the order in which they are released, dependencies first; those that depend on each other in a
     * circle are one train, and go together.
     */
    public List<List<String>> trains() {
        return ordered(dependedOn);
    }

    /** All components in the order in which they are built. Those of a {@linkplain #circles() circle} stand together. */
    public List<String> buildOrder() {
        return ordered(needed).stream().flatMap(List::stream).toList();
    }

    /** All components in an order that is right for everything; what is in any circle stands together. */
    List<List<String>> rows() {
        return ordered(either);
    }

    private static List<List<String>> ordered(Graph<String, DefaultEdge> graph) {
        Map<String, List<String>> knots = new TreeMap<>();
        for (Set<String> knot : new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
            List<String> sorted = new ArrayList<>(new TreeSet<>(knot));
            sorted.forEach(name -> knots.put(name, sorted));
        }
        Graph<String, DefaultEdge> order = new SimpleDirectedGraph<>(DefaultEdge.class);
        knots.values().forEach(knot -> order.addVertex(knot.get(0)));
        for (DefaultEdge edge : graph.edgeSet()) {
            String before = knots.get(graph.getEdgeSource(edge)).get(0);
            String after = knots.get(graph.getEdgeTarget(edge)).get(0);
            if (!before.equals(after)) {
                order.addEdge(before, after);
            }
        }
        List<List<String>> ordered = new ArrayList<>();
        new TopologicalOrderIterator<>(order, Comparator.naturalOrder())
                .forEachRemaining(first -> ordered.add(knots.get(first)));
        return ordered;
    }

    /** Whoever depends on that component or needs it, directly or not; without itself, sorted. */
    public Set<String> dependents(String name) {
        Set<String> found = new TreeSet<>();
        new BreadthFirstIterator<>(either, name).forEachRemaining(found::add);
        found.remove(name);
        return found;
    }

    /** Whoever is built again when that component has changed: it needs it, directly or not; sorted. */
    public Set<String> builtWith(String name) {
        Set<String> found = new TreeSet<>();
        new BreadthFirstIterator<>(needed, name).forEachRemaining(found::add);
        found.remove(name);
        return found;
    }
}
