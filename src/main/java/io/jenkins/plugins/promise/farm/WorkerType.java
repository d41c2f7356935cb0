package io.jenkins.plugins.promise.farm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Agents that are all alike.
 *
 * @param name its name, which the agents' names begin with
 * @param count how many there are
 * @param max how many there may be, when there is more to do
 * @param size the instances' type; null if the farm spans no zones
 * @param executors how many builds one runs at once
 * @param labels what jobs ask for
 * @param requires versions by requirement that its machines have
 * @param attach how they attach themselves
 * @param disk GiB of the instances' volume
 */
public record WorkerType(
        String name,
        int count,
        int max,
        String size,
        int executors,
        List<String> labels,
        Map<String, String> requires,
        Attach attach,
        int disk) {
    /** Copies what it is given. */
    public WorkerType {
        labels = List.copyOf(labels);
        requires = new TreeMap<>(requires);
    }

    /** The same at another scale; there may be at least as many as there are. */
    public WorkerType scaled(int agents) {
        return new WorkerType(name, agents, Math.max(agents, max), size, executors, labels, requires, attach, disk);
    }

    /** The names of all agents that there may be. */
    public List<String> agents() {
        return IntStream.rangeClosed(1, max).mapToObj(n -> name + "-" + n).toList();
    }
}
