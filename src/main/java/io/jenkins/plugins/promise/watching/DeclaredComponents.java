package io.jenkins.plugins.promise.watching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DatabindException;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The components that were deployed, by the suite that is made of them, as rows of the ledger. */
public final class DeclaredComponents {
    /** How many bytes a declaration may have. */
    public static final int BODY_BYTES = 1 << 20;

    private final Ledger ledger;
    private final Clock clock;

    /** Those of a ledger. */
    public DeclaredComponents(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * A component that was declared.
     *
     * @param component what is to be watched of it
     * @param since when it was declared like that first
     */
    public record Declared(WatchedComponent component, Instant since) {}

    /** All of all suites, by name. */
    public Map<String, Declared> all() {
        Map<String, Declared> all = new TreeMap<>();
        ledger.read(handle -> handle.select("SELECT definition, since FROM declared_component")
                        .map((row, context) ->
                                new Declared(read(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))))
                        .list())
                .forEach(d -> all.put(d.component().name(), d));
        return all;
    }

    private static WatchedComponent read(String definition) {
        try {
            return Json.mapper().readValue(definition, WatchedComponent.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes down what a suite is made of; what it was made of before and is not any more is not watched any longer. A
     * component that another suite had is this one's.
     *
     * @param suite its name
     * @param body a JSON list of {@link WatchedComponent}
     * @throws Refused if it cannot be read, or names what git must not be given
     */
    public void declare(String suite, byte[] body) throws Refused {
        if (suite == null || suite.isBlank()) {
            throw new Refused(Refused.Why.INVALID, "the parameter suite must be given");
        }
        declare(suite, read(body));
    }

    /** Takes down what a suite is made of. */
    public void declare(String suite, List<WatchedComponent> components) {
        var unused = ledger.written(handle -> {
            Map<String, Row> before = rows(handle);
            before.forEach((name, row) -> {
                if (row.suite().equals(suite)
                        || components.stream().anyMatch(c -> c.name().equals(name))) {
                    handle.execute("DELETE FROM declared_component WHERE component = ?", name);
                }
            });
            for (WatchedComponent component : components) {
                String definition = Json.mapper().valueToTree(component).toString();
                long since = Optional.ofNullable(before.get(component.name()))
                        .filter(r -> r.definition().equals(definition))
                        .map(Row::since)
                        .orElseGet(clock::millis);
                handle.execute(
                        "INSERT INTO declared_component (component, suite, definition, since) VALUES (?, ?, ?, ?)",
                        component.name(),
                        suite,
                        definition,
                        since);
            }
            return null;
        });
    }

    private record Row(String suite, String definition, long since) {}

    private static Map<String, Row> rows(Handle handle) {
        Map<String, Row> rows = new TreeMap<>();
        handle.select("SELECT component, suite, definition, since FROM declared_component")
                .map((row, context) ->
                        Map.entry(row.getString(1), new Row(row.getString(2), row.getString(3), row.getLong(4))))
                .forEach(e -> rows.put(e.getKey(), e.getValue()));
        return rows;
    }

    private static List<WatchedComponent> read(byte[] body) throws Refused {
        List<WatchedComponent> components;
        try {
            components = Json.mapper().readValue(body, new TypeReference<List<WatchedComponent>>() {});
        } catch (DatabindException e) {
            throw new Refused(Refused.Why.INVALID, "the declaration of components lacks what each must have");
        } catch (JsonProcessingException e) {
            throw new Refused(Refused.Why.INVALID, "the declaration of components cannot be read: " + Json.told(e));
        } catch (IOException e) {
            throw new Refused(Refused.Why.INVALID, "the declaration of components cannot be read");
        }
        if (components == null) {
            throw new Refused(Refused.Why.INVALID, "the declaration of components must be a list");
        }
        Set<String> names = new HashSet<>();
        for (WatchedComponent component : components) {
            Optional<String> problem =
                    component == null ? Optional.of("the declaration of components holds null") : component.problem();
            if (problem.isEmpty() && !names.add(component.name())) {
                problem = Optional.of("the component " + component.name() + " is declared twice");
            }
            if (problem.isPresent()) {
                throw new Refused(Refused.Why.INVALID, problem.get());
            }
        }
        return components;
    }
}
