package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Lists, searches and counts: each by an index, so that what one costs does not grow with what is kept. */
final class PromiseLists {
    /** From here on a count only says that there are more. */
    static final int COUNTED = 10_000;

    private static final String READABLE = " AND set_aside IS NULL";

    private final PromiseRows rows;
    private final PromiseSearch search;

    PromiseLists(PromiseRows rows, PromiseSearch search) {
        this.rows = rows;
        this.search = search;
    }

    PromisePage page(Handle handle, PromiseQuery query) {
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

    /** How many there are, whatever the page; {@link #COUNTED} if there are that many or more. */
    int count(Handle handle, PromiseQuery query) {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values) + READABLE;
        List<String> words = PromiseWords.of(query.words());
        if (!words.isEmpty()) {
            return search.count(handle, words, condition, values, COUNTED);
        }
        return PromiseSearch.counted(handle, "promise WHERE " + condition, values, COUNTED);
    }

    Map<PromiseQuery.Which, Integer> counts(Handle handle) {
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
