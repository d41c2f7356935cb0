package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.Halt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The environments themselves, and what is known to be there, as rows. */
final class EnvironmentRows {
    private static final String COLUMNS = "rules, head, fence, state, frozen, held";

    /** One row. */
    record Row(EnvironmentRules rules, long head, long fence, Condition condition, Halt frozen, Halt held) {
        String name() {
            return rules.name();
        }

        /** Refuses what may not be begun while it rests. */
        void refuseHalted() {
            if (condition instanceof Condition.Torn torn) {
                throw new EnvironmentRefusal(
                        EnvironmentRefusal.Why.HALTED, name() + " is torn and frozen: " + torn.why());
            }
            if (frozen != null) {
                throw new EnvironmentRefusal(
                        EnvironmentRefusal.Why.HALTED, name() + " is frozen by " + frozen.who() + ": " + frozen.why());
            }
        }
    }

    /** Declares an environment, or declares it anew. */
    void declare(Handle handle, int place, EnvironmentRules rules) {
        int known = handle.execute(
                "UPDATE environment SET place = ?, rules = ?, revision = revision + 1 WHERE name = ?",
                place,
                Stored.text(rules),
                rules.name());
        if (known == 0) {
            handle.execute(
                    "INSERT INTO environment (name, place, rules, revision, head, fence, state)"
                            + " VALUES (?, ?, ?, 0, 0, 0, ?)",
                    rules.name(),
                    place,
                    Stored.text(rules),
                    Stored.text(new Condition.Clean()));
        }
    }

    /** An environment that nobody else changes until the transaction has ended. */
    Row lock(Handle handle, String name) {
        handle.execute("UPDATE environment SET revision = revision + 1 WHERE name = ?", name);
        return get(handle, name);
    }

    /** An environment as it is, or a refusal that names the nearest one. */
    Row get(Handle handle, String name) {
        return find(handle, name)
                .orElseThrow(() -> new EnvironmentRefusal(
                        EnvironmentRefusal.Why.UNKNOWN,
                        "there is no environment '" + name + "'" + Nearest.hint(name, names(handle))));
    }

    Optional<Row> find(Handle handle, String name) {
        return handle.select("SELECT " + COLUMNS + " FROM environment WHERE name = ?", name)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** All, in their declared order. */
    List<Row> all(Handle handle) {
        return handle.select("SELECT " + COLUMNS + " FROM environment ORDER BY place, name")
                .map((row, context) -> row(row))
                .list();
    }

    private List<String> names(Handle handle) {
        return all(handle).stream().map(Row::name).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Stored.read(row.getString(1), EnvironmentRules.class),
                row.getLong(2),
                row.getLong(3),
                Stored.read(row.getString(4), Condition.class),
                Stored.read(row.getString(5), Halt.class),
                Stored.read(row.getString(6), Halt.class));
    }

    /** The environment that comes next after one; itself where it is the last. */
    Row next(Handle handle, Row before) {
        return all(handle).stream()
                .filter(r -> before.name().equals(r.rules().after()))
                .findFirst()
                .orElse(before);
    }

    void condition(Handle handle, String name, Condition condition) {
        handle.execute("UPDATE environment SET state = ? WHERE name = ?", Stored.text(condition), name);
    }

    void frozen(Handle handle, String name, Halt halt) {
        handle.execute("UPDATE environment SET frozen = ? WHERE name = ?", Stored.text(halt), name);
    }

    void held(Handle handle, String name, Halt halt) {
        handle.execute("UPDATE environment SET held = ? WHERE name = ?", Stored.text(halt), name);
    }

    /** The next fence. */
    long fence(Handle handle, Row row) {
        handle.execute("UPDATE environment SET fence = ? WHERE name = ?", row.fence() + 1, row.name());
        return row.fence() + 1;
    }

    /** What is known to be there; what is not in it is not known. */
    Map<String, Entry> places(Handle handle, String name) {
        Map<String, Entry> places = new TreeMap<>();
        handle.select(
                        "SELECT component, entry FROM environment_place WHERE environment = ? AND entry IS NOT NULL",
                        name)
                .map((row, context) -> Map.entry(row.getString(1), Stored.read(row.getString(2), Entry.class)))
                .forEach(e -> places.put(e.getKey(), e.getValue()));
        return places;
    }

    /** All components that were ever brought there, whether what is there is known or not. */
    Set<String> met(Handle handle, String name) {
        return new TreeSet<>(handle.select("SELECT component FROM environment_place WHERE environment = ?", name)
                .mapTo(String.class)
                .list());
    }

    /** Forgets that these components were ever brought there. */
    void forget(Handle handle, String name, Set<String> components) {
        components.forEach(component -> handle.execute(
                "DELETE FROM environment_place WHERE environment = ? AND component = ?", name, component));
    }

    /**
     * Notes what is there of a component.
     *
     * @param entry null if it is not known
     */
    void place(Handle handle, String name, String component, Entry entry) {
        handle.execute("DELETE FROM environment_place WHERE environment = ? AND component = ?", name, component);
        handle.execute(
                "INSERT INTO environment_place (environment, component, entry) VALUES (?, ?, ?)",
                name,
                component,
                Stored.text(entry));
    }
}
