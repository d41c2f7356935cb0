package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import io.jenkins.plugins.promise.ledger.database.LedgerReading;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.SetAside;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Lists, searches and counts: each by an index, so that what one costs does not grow with what is kept. */
public final class PromiseLists {
    /** From here on a count only says that there are more. */
    public static final int COUNTED = 10_000;

    private static final String READABLE = " AND set_aside IS NULL";

    private final LedgerReading reading;
    private final PromiseRows rows;
    private final PromiseSearch search;
    private final GroupCommit commits;

    PromiseLists(LedgerReading reading, PromiseRows rows, PromiseSearch search, GroupCommit commits) {
        this.reading = reading;
        this.rows = rows;
        this.search = search;
        this.commits = commits;
    }

    /**
     * A page of what came from outside.
     *
     * @throws java.io.UncheckedIOException if the ledger cannot be read, or words that wait for their index cannot be
     *     taken into it
     */
    public PromisePage page(PromiseQuery query) {
        search.prepare(reading, commits, query);
        return reading.read(handle -> page(handle, query));
    }

    private PromisePage page(Handle handle, PromiseQuery query) {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values);
        List<String> words = PromiseWords.of(query.words());
        return words.isEmpty()
                ? listed(handle, query, condition, values)
                : found(handle, query, words, condition, values);
    }

    private PromisePage listed(Handle handle, PromiseQuery query, String condition, List<Object> values) {
        String before = "";
        if (query.after() != null) {
            before = " AND number < (SELECT number FROM promise WHERE id = ?)";
            values.add(query.after());
        }
        List<Promise> listed =
                rows.read(handle, condition + before + " ORDER BY number DESC LIMIT " + (query.most() + 1), values);
        boolean more = listed.size() > query.most();
        List<Promise> page = more ? listed.subList(0, query.most()) : listed;
        return new PromisePage(page, more ? page.get(page.size() - 1).id() : null);
    }

    private PromisePage found(
            Handle handle, PromiseQuery query, List<String> words, String condition, List<Object> values) {
        List<Long> numbers =
                search.numbers(handle, words, condition + READABLE, values, query.after(), query.most() + 1);
        if (numbers.isEmpty()) {
            return new PromisePage(List.of(), null);
        }
        List<Promise> page = rows.read(
                handle,
                "number IN ("
                        + numbers.stream()
                                .limit(query.most())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + ") ORDER BY number DESC",
                List.of());
        boolean more = numbers.size() > query.most() && !page.isEmpty();
        return new PromisePage(page, more ? page.get(page.size() - 1).id() : null);
    }

    /** How many there are in all, whatever the page; {@value #COUNTED} if there are that many or more. */
    public int count(PromiseQuery query) {
        search.prepare(reading, commits, query);
        return reading.read(handle -> count(handle, query));
    }

    private int count(Handle handle, PromiseQuery query) {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values);
        List<String> words = PromiseWords.of(query.words());
        if (!words.isEmpty()) {
            return search.count(handle, words, condition + READABLE, values, COUNTED);
        }
        // No index of a state tells what is set aside, so that each row would be looked at for it.
        boolean aside = PromiseSearch.counted(handle, "promise WHERE set_aside IS NOT NULL", List.of(), 1) > 0;
        return PromiseSearch.counted(handle, "promise WHERE " + condition + (aside ? READABLE : ""), values, COUNTED);
    }

    /** How many promises are open, those that orchestrations called included. */
    public int openCount() {
        return reading.read(handle -> handle.select("SELECT count(*) FROM promise WHERE open = 1")
                .mapTo(int.class)
                .one());
    }

    /** How many open promises each version has. */
    public Map<String, Long> openByVersion() {
        return reading.read(PromiseWork::openByVersion);
    }

    /** What an orchestration has called, in that order. */
    public List<Promise> children(String parent) {
        return reading.read(handle -> rows.read(handle, "parent = ? ORDER BY number", List.of(parent)));
    }

    /** Those whose records cannot be read, for a person to look at. */
    public List<SetAside> setAside() {
        return reading.read(handle -> handle.select(
                        "SELECT id, job, set_aside FROM promise WHERE set_aside IS NOT NULL ORDER BY number")
                .map((row, context) -> new SetAside(row.getString(1), row.getString(2), row.getString(3)))
                .list());
    }

    /** How many of each kind came from outside, counted as by {@link #count}. */
    public Map<PromiseQuery.Which, Integer> counts() {
        return reading.read(this::counts);
    }

    private Map<PromiseQuery.Which, Integer> counts(Handle handle) {
        Map<PromiseQuery.Which, Integer> counts = new EnumMap<>(PromiseQuery.Which.class);
        for (PromiseQuery.Which which : PromiseQuery.Which.values()) {
            counts.put(which, count(handle, PromiseQuery.of(which)));
        }
        return counts;
    }

    private static String condition(PromiseQuery query, List<Object> values) {
        String condition = query.which().condition();
        if (!query.called()) {
            condition += " AND parent IS NULL";
        }
        if (query.job() != null) {
            condition += " AND job = ?";
            values.add(query.job());
        }
        return condition;
    }
}
