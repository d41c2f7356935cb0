package io.jenkins.plugins.promise.watching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DatabindException;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;

/** The components that were deployed, by the suite that is made of them, as rows of the ledger. */
public final class DeclaredComponents {
    /** How many bytes a declaration may have. */
    public static final int BODY_BYTES = 1 << 20;

    private static final Logger LOGGER = Logger.getLogger(DeclaredComponents.class.getName());

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
        ledger.read(DeclaredComponents::rows).forEach((name, row) -> read(name, row.definition())
                .ifPresent(c -> all.put(name, new Declared(c, Instant.ofEpochMilli(row.since())))));
        return all;
    }

    /** One that another version of this program has written, or somebody by hand, must not keep the others from being built. */
    private static Optional<WatchedComponent> read(String name, String definition) {
        try {
            WatchedComponent component = Json.mapper().readValue(definition, WatchedComponent.class);
            Optional<String> problem = component == null ? Optional.of("is null") : component.problem();
            if (problem.isPresent() || !component.name().equals(name)) {
                return unreadable(name, problem.orElse("is another one"), null);
            }
            return Optional.of(component);
        } catch (JsonProcessingException e) {
            return unreadable(name, "cannot be read", e);
        }
    }

    private static Optional<WatchedComponent> unreadable(String name, String why, Exception cause) {
        LOGGER.log(
                Level.WARNING,
                "the component " + name + " is not watched, for what the ledger has of it is of no use (" + why
                        + "); deploy its suite again",
                cause);
        return Optional.empty();
    }

    /**
     * Takes down what a suite is made of; what it was made of before and is not any more is not watched any longer.
     *
     * @param suite its name
     * @param body a JSON list of {@link WatchedComponent}
     * @param takeOver whether components that another suite has are this one's from then on
     * @param allowed which repositories may be fetched
     * @throws Refused if it cannot be read, names what must not be fetched, or is of another suite
     */
    public void declare(String suite, byte[] body, boolean takeOver, RepositoryPolicy allowed) throws Refused {
        if (suite == null || suite.isBlank()) {
            throw new Refused(Refused.Why.INVALID, "the parameter suite must be given");
        }
        List<WatchedComponent> components = read(body);
        for (WatchedComponent component : components) {
            Optional<String> refusal = allowed.refusal(component.repository());
            if (refusal.isPresent()) {
                throw new Refused(Refused.Why.INVALID, component.name() + ": repository " + refusal.get());
            }
        }
        declare(suite, components, takeOver);
    }

    /**
     * Takes down what a suite is made of.
     *
     * @param takeOver whether components that another suite has are this one's from then on
     * @throws Refused if one is of another suite, and is not to be taken over
     */
    public void declare(String suite, List<WatchedComponent> components, boolean takeOver) throws Refused {
        Optional<String> others = ledger.written(handle -> {
            Map<String, Row> before = rows(handle);
            Optional<String> other = components.stream()
                    .map(WatchedComponent::name)
                    .filter(name -> before.containsKey(name)
                            && !before.get(name).suite().equals(suite))
                    .findFirst()
                    .map(name -> "the component " + name + " is of the suite "
                            + before.get(name).suite() + "; take it over with --take-over");
            if (!takeOver && other.isPresent()) {
                return other;
            }
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
            return Optional.empty();
        });
        if (others.isPresent()) {
            throw new Refused(Refused.Why.CONFLICT, others.get());
        }
    }

    /** The suites that are made of components, by component. */
    public Map<String, String> suites() {
        Map<String, String> suites = new TreeMap<>();
        ledger.read(DeclaredComponents::rows).forEach((name, row) -> suites.put(name, row.suite()));
        return suites;
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
