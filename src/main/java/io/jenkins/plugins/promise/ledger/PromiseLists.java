package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Lists, searches and counts: each by an index, so that what one costs does not grow with what is kept. */
final class PromiseLists {
    /** From here on a count only says that there are more. */
    static final int COUNTED = 10_000;

    private final PromiseRows rows;
    private final PromiseWords words;

    PromiseLists(PromiseRows rows, PromiseWords words) {
        this.rows = rows;
        this.words = words;
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
        String condition = condition(query, values) + " AND set_aside IS NULL";
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
        List<String> given = PromiseWords.of(query.words());
        if (!given.isEmpty()) {
            condition += " AND " + words.condition();
            values.add(words.pattern(given));
        }
        return condition;
    }
}
