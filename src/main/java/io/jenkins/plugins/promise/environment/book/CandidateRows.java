package io.jenkins.plugins.promise.environment.book;

import com.fasterxml.jackson.core.type.TypeReference;
import com.google.common.collect.Sets;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Candidates as rows; whoever changes them has locked their environment. */
final class CandidateRows {
    private static final String SELECT =
            "SELECT environment, number, place, entries, record FROM candidate" + " WHERE environment = ? ";
    private static final String IN_ORDER = " ORDER BY place, number";

    Optional<Candidate> find(Handle handle, String environment, long number) {
        return handle.select(SELECT + "AND number = ?", environment, number)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Those that have not begun, in order. */
    List<Candidate> waiting(Handle handle, String environment) {
        return in(handle, environment, "WAITING");
    }

    private static List<Candidate> in(Handle handle, String environment, String state) {
        return handle.select(SELECT + "AND state = ?" + IN_ORDER, environment, state)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those that are in a manifest that passed, and was not released. */
    List<Candidate> passed(Handle handle, String environment) {
        return in(handle, environment, "PASSED");
    }

    /** Those that wait or are being tested, in order. */
    List<Candidate> open(Handle handle, String environment) {
        return handle.select(SELECT + "AND state IN ('WAITING', 'INTEGRATING')" + IN_ORDER, environment)
                .map((row, context) -> read(row))
                .list();
    }

    /** All, the latest first. */
    List<Candidate> latest(Handle handle, String environment, int most) {
        return handle.select(SELECT + "ORDER BY number DESC LIMIT ?", environment, most)
                .map((row, context) -> read(row))
                .list();
    }

    private static Candidate read(ResultSet row) throws SQLException {
        try {
            return new Candidate(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    Json.mapper().readValue(row.getString(4), new TypeReference<TreeMap<String, Entry>>() {}),
                    Stored.read(row.getString(5), CandidateState.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes a candidate in. Those that wait and have a component of it are replaced: what else they bring goes with it. One
     * that brings the same and is not settled is that candidate: whoever asks again after a restart does not know of it.
     */
    Candidate add(Handle handle, String environment, Map<String, Entry> entries, Instant now) {
        Optional<Candidate> same = open(handle, environment).stream()
                .filter(c -> c.entries().equals(entries))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        List<Candidate> replaced = waiting(handle, environment).stream()
                .filter(c -> overlap(c, entries))
                .sorted(Comparator.comparing(Candidate::number))
                .toList();
        Map<String, Entry> all = new TreeMap<>();
        replaced.forEach(c -> all.putAll(c.entries()));
        all.putAll(entries);
        if (replaced.size() == 1 && replaced.get(0).entries().equals(all)) {
            return replaced.get(0);
        }
        long number = handle.select(
                        "SELECT coalesce(max(number), 0) + 1 FROM candidate WHERE environment = ?", environment)
                .mapTo(long.class)
                .one();
        long place = replaced.stream().mapToLong(Candidate::place).min().orElse(number);
        Candidate added = new Candidate(environment, number, place, all, new CandidateState.Waiting());
        handle.execute(
                "INSERT INTO candidate (environment, number, place, state, told, entries, record)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                environment,
                number,
                place,
                added.state().word(),
                now.toEpochMilli(),
                Stored.text(all),
                Stored.text(added.state()));
        replaced.forEach(c -> save(handle, c.in(new CandidateState.Replaced(number))));
        return added;
    }

    private static boolean overlap(Candidate candidate, Map<String, Entry> entries) {
        return !Sets.intersection(candidate.entries().keySet(), entries.keySet())
                .isEmpty();
    }

    void save(Handle handle, Candidate candidate) {
        handle.execute(
                "UPDATE candidate SET state = ?, entries = ?, record = ? WHERE environment = ? AND number = ?",
                candidate.state().word(),
                Stored.text(candidate.entries()),
                Stored.text(candidate.state()),
                candidate.environment(),
                candidate.number());
    }

    /** Puts candidates into another state. */
    void move(Handle handle, String environment, Collection<Long> numbers, CandidateState state) {
        numbers.forEach(n -> find(handle, environment, n).ifPresent(c -> save(handle, c.in(state))));
    }

    /** Lets those wait again that a lease had begun with. */
    void againOf(Handle handle, String environment, long fence) {
        again(
                handle,
                in(handle, environment, "INTEGRATING").stream()
                        .filter(c -> c.state() instanceof CandidateState.Integrating i && i.fence() == fence)
                        .toList());
    }

    /** Lets candidates wait again, the latest first; one whose components came in a newer commit meanwhile goes with that. */
    void again(Handle handle, List<Candidate> candidates) {
        candidates.stream()
                .sorted(Comparator.comparing(Candidate::number).reversed())
                .forEach(c -> again(handle, c));
    }

    private void again(Handle handle, Candidate candidate) {
        List<Candidate> newer = handle
                .select(
                        SELECT
                                + "AND number > ? AND state IN ('WAITING', 'INTEGRATING', 'PASSED', 'RELEASED') ORDER BY number",
                        candidate.environment(),
                        candidate.number())
                .map((row, context) -> read(row))
                .list()
                .stream()
                .filter(c -> overlap(c, candidate.entries()))
                .toList();
        Map<String, Entry> left = new TreeMap<>(candidate.entries());
        newer.forEach(c -> left.keySet().removeAll(c.entries().keySet()));
        Optional<Candidate> waits = newer.stream()
                .filter(c -> c.state() instanceof CandidateState.Waiting)
                .findFirst();
        if (left.isEmpty() || waits.isPresent()) {
            if (!left.isEmpty()) {
                Candidate with = waits.get();
                left.putAll(with.entries());
                save(handle, new Candidate(with.environment(), with.number(), with.place(), left, with.state()));
            }
            long by = waits.orElseGet(() -> newer.get(newer.size() - 1)).number();
            save(handle, candidate.in(new CandidateState.Replaced(by)));
        } else {
            save(
                    handle,
                    new Candidate(
                            candidate.environment(),
                            candidate.number(),
                            candidate.place(),
                            left,
                            new CandidateState.Waiting()));
        }
    }
}
