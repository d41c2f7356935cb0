package io.jenkins.plugins.promise.environment.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the components of one environment hang together.
 *
 * @param trains those that can be released there, dependencies first; a circle of them is one train
 * @param depends which components each of them talks to
 * @param probed those that can be asked which commit runs
 * @param tested those that have an integration
 */
public record Plan(
        List<List<String>> trains, Map<String, Set<String>> depends, Set<String> probed, Set<String> tested) {
    /** Copies what it is given. */
    public Plan {
        trains = new ArrayList<>(trains.stream().map(ArrayList::new).toList());
        Map<String, Set<String>> copy = new TreeMap<>();
        depends.forEach((component, others) -> copy.put(component, new TreeSet<>(others)));
        depends = copy;
        probed = new TreeSet<>(probed);
        tested = new TreeSet<>(tested);
    }

    /** All that can be released, in order. */
    public List<String> components() {
        return trains.stream().flatMap(List::stream).toList();
    }

    /** The trains with what depends on others first, for putting back. */
    public List<List<String>> backwards() {
        List<List<String>> reversed = new ArrayList<>(trains);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The components that these depend on, directly or not. */
    public Set<String> behind(Collection<String> components) {
        Set<String> found = new TreeSet<>();
        Deque<String> todo = new ArrayDeque<>(components);
        while (!todo.isEmpty()) {
            for (String other : depends.getOrDefault(todo.remove(), Set.of())) {
                if (found.add(other)) {
                    todo.add(other);
                }
            }
        }
        return found;
    }

    /** These components, and every one that depends on one of them, directly or not. */
    public Set<String> touched(Collection<String> components) {
        Set<String> found = new TreeSet<>(components);
        Deque<String> todo = new ArrayDeque<>(components);
        while (!todo.isEmpty()) {
            String changed = todo.remove();
            depends.forEach((component, others) -> {
                if (others.contains(changed) && found.add(component)) {
                    todo.add(component);
                }
            });
        }
        return found;
    }
}
