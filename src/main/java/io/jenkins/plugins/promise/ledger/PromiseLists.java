package io.jenkins.plugins.promise.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Lists, searches and counts: each by an index, so that what one costs does not grow with what is kept. */
final class PromiseLists {
    /** From here on a count only says that there are more. */
    static final int COUNTED = 10_000;

    private static final int INDEXED_AT_ONCE = 100;

    private final PromiseRows rows;
    private final boolean shared;

    PromiseLists(PromiseRows rows, boolean shared) {
        this.rows = rows;
        this.shared = shared;
    }

    PromisePage page(Handle handle, PromiseQuery query) {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values);
        if (query.after() != null) {
            condition += " AND number < (SELECT number FROM promise WHERE id = ?)";
            values.add(query.after());
        }
        List<Promise> found =
                rows.read(handle, condition + " ORDER BY number DESC LIMIT " + (query.most() + 1), values);
        boolean more = found.size() > query.most();
        List<Promise> page = more ? found.subList(0, query.most()) : found;
        return new PromisePage(page, more ? page.get(page.size() - 1).id() : null);
    }

    /** How many there are, whatever the page; {@link #COUNTED} if there are that many or more. */
    int count(Handle handle, PromiseQuery query) {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values);
        return handle.select(
                        "SELECT count(*) FROM (SELECT 1 FROM promise WHERE " + condition + " LIMIT " + COUNTED
                                + ") AS counted",
                        values.toArray())
                .mapTo(int.class)
                .one();
    }

    Map<PromiseQuery.Which, Integer> counts(Handle handle) {
        Map<PromiseQuery.Which, Integer> counts = new EnumMap<>(PromiseQuery.Which.class);
        for (PromiseQuery.Which which : PromiseQuery.Which.values()) {
            counts.put(which, count(handle, PromiseQuery.of(which)));
        }
        return counts;
    }

    private String condition(PromiseQuery query, List<Object> values) {
        String condition = query.which().condition();
        if (!query.called()) {
            condition += " AND parent IS NULL";
        }
        if (query.job() != null) {
            condition += " AND job = ?";
            values.add(query.job());
        }
        List<String> words = words(query.words());
        if (!words.isEmpty()) {
            condition += shared
                    ? " AND number IN (SELECT number FROM promise_search WHERE words @@ to_tsquery('simple', ?))"
                    : " AND number IN (SELECT rowid FROM promise_search WHERE promise_search MATCH ?)";
            values.add(words.stream()
                    .map(w -> shared ? w + ":*" : "\"" + w + "\" *")
                    .collect(Collectors.joining(shared ? " & " : " AND ")));
        }
        return condition;
    }

    /** What both engines take for words: letters and digits. */
    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    /**
     * Makes what was accepted or settled lately findable.
     *
     * @return whether there is more
     */
    boolean index(Handle handle) {
        List<Promise> found = rows.read(handle, "unsearchable = 1 ORDER BY number LIMIT " + INDEXED_AT_ONCE, List.of());
        for (Promise promise : found) {
            String text = String.join(" ", words(text(promise)));
            if (shared) {
                handle.execute(
                        "INSERT INTO promise_search (number, words) VALUES (?, to_tsvector('simple', ?))"
                                + " ON CONFLICT (number) DO UPDATE SET words = excluded.words",
                        promise.number(),
                        text);
            } else {
                handle.execute("DELETE FROM promise_search WHERE rowid = ?", promise.number());
                handle.execute("INSERT INTO promise_search (rowid, words) VALUES (?, ?)", promise.number(), text);
            }
            handle.execute("UPDATE promise SET unsearchable = 0 WHERE number = ?", promise.number());
        }
        return found.size() == INDEXED_AT_ONCE;
    }

    private static String text(Promise promise) {
        StringBuilder text = new StringBuilder();
        text.append(promise.id()).append(' ').append(promise.version()).append(' ');
        promise.inputs().forEach((name, value) -> {
            if (!promise.secrets().contains(name)) {
                text.append(value).append(' ');
            }
        });
        promise.settlement().ifPresent(s -> text.append(s.reason()));
        return text.toString();
    }
}
