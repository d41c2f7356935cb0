package io.jenkins.plugins.promise.environment.view;

import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Environments as columns, components as rows: what is where, and since when.
 *
 * @param columns the environments, in their declared order
 * @param rows the components, by name
 */
public record EnvironmentGrid(List<EnvironmentCard> columns, List<Row> rows) {
    /** Copies what it is given. */
    public EnvironmentGrid {
        columns = new ArrayList<>(columns);
        rows = new ArrayList<>(rows);
    }

    /** Of these environments, each with what is told of it. */
    static EnvironmentGrid of(List<EnvironmentStatus> all, List<EnvironmentCard> columns) {
        TreeSet<String> components = new TreeSet<>();
        all.forEach(s -> {
            components.addAll(s.head().manifest().entries().keySet());
            s.candidates().forEach(c -> components.addAll(c.entries().keySet()));
        });
        List<Row> rows = components.stream()
                .map(c -> new Row(c, all.stream().map(s -> Cell.of(s, c)).toList()))
                .toList();
        return new EnvironmentGrid(columns, rows);
    }

    /**
     * A component.
     *
     * @param cells one for each environment
     */
    public record Row(String component, List<Cell> cells) {
        /** Copies what it is given. */
        public Row {
            cells = new ArrayList<>(cells);
        }
    }
}
