package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.database.GroupCommit;
import io.jenkins.plugins.promise.ledger.database.LedgerReading;
import io.jenkins.plugins.promise.ledger.database.LedgerUnavailable;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds promises by words. SQLite does not know which of its indexes leads to less, so it is told: the words do, or the
 * list does if it is short and the words are common. Where both are long, a page is full soon, from the newest on.
 */
final class PromiseSearch {
    private static final int COMMON = 2_000;
    private static final int LONG = 10_000;

    private final PromiseWords words;

    PromiseSearch(PromiseWords words) {
        this.words = words;
    }

    /**
     * Has words that wait for the index taken into it, before a query that looks for words.
     *
     * @throws UncheckedIOException of a {@link LedgerUnavailable} if that cannot be written
     */
    void prepare(LedgerReading reading, GroupCommit commits, PromiseQuery query) {
        if (!PromiseWords.of(query.words()).isEmpty() && reading.read(words::waiting)) {
            var unused = commits.written(handle -> {
                words.index(handle);
                return null;
            });
        }
    }

    /**
     * The numbers of the promises that have all those words, newest first.
     *
     * @param condition what else they must fulfil, in SQL; nothing of it comes from a stranger
     * @param values of its question marks
     * @param after the id of the last one before; null to begin with the newest
     */
    List<Long> numbers(
            Handle handle, List<String> given, String condition, List<Object> values, String after, int most) {
        String pattern = words.pattern(handle, given);
        Found found = found(handle, pattern, condition, values);
        List<Object> all = new ArrayList<>(values);
        String before = "";
        if (after != null) {
            before = " AND " + found.number() + " < (SELECT number FROM promise WHERE id = ?)";
            all.add(after);
        }
        all.add(pattern);
        return handle.select(
                        "SELECT " + found.number() + " FROM " + found.from() + " WHERE " + condition + before + " AND "
                                + found.match() + " ORDER BY " + found.number() + " DESC LIMIT " + most,
                        all.toArray())
                .mapTo(Long.class)
                .list();
    }

    /** How many have all those words; the bound if there are that many or more. */
    int count(Handle handle, List<String> given, String condition, List<Object> values, int bound) {
        String pattern = words.pattern(handle, given);
        Found found = found(handle, pattern, condition, values);
        List<Object> all = new ArrayList<>(values);
        all.add(pattern);
        return counted(handle, found.from() + " WHERE " + condition + " AND " + found.match(), all, bound);
    }

    private Found found(Handle handle, String pattern, String condition, List<Object> values) {
        if (words.shared()) {
            return Found.AS_POSTGRESQL_PLANS;
        }
        boolean common =
                counted(handle, "promise_search WHERE promise_search MATCH ?", List.of(pattern), COMMON) == COMMON;
        return common && counted(handle, "promise WHERE " + condition, values, LONG) < LONG
                ? Found.BY_LIST
                : Found.BY_WORDS;
    }

    /**
     * How many rows there are; the bound if there are that many or more.
     *
     * @param from tables and condition, in SQL; nothing of it comes from a stranger
     * @param values of its question marks
     */
    static int counted(Handle handle, String from, List<Object> values, int bound) {
        return handle.select(
                        "SELECT count(*) FROM (SELECT 1 FROM " + from + " LIMIT " + bound + ") AS counted",
                        values.toArray())
                .mapTo(int.class)
                .one();
    }

    /**
     * A way to find.
     *
     * @param from the tables
     * @param number the column with a promise's number, by which they come in order
     * @param match the condition that all words are there; with one question mark
     */
    private record Found(String from, String number, String match) {
        static final Found BY_WORDS = new Found(
                "promise_search CROSS JOIN promise ON promise.number = promise_search.rowid",
                "promise_search.rowid",
                "promise_search MATCH ?");
        static final Found BY_LIST = new Found(
                "promise",
                "number",
                "EXISTS (SELECT 1 FROM promise_search WHERE promise_search MATCH ?"
                        + " AND promise_search.rowid = promise.number)");
        static final Found AS_POSTGRESQL_PLANS = new Found(
                "promise",
                "number",
                "number IN (SELECT number FROM promise_search WHERE words @@ to_tsquery('simple', ?))");
    }
}
