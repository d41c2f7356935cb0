package io.jenkins.plugins.promise.ledger;

import com.google.common.base.CharMatcher;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The words by which promises are found: of id, version, reason, and the inputs that are no secrets. SQLite's index takes
 * many of them together for a fraction of what they cost one by one, and a submission need not wait for it: they wait in a
 * table of their own, in the transaction that they belong to, until they are many or until somebody searches.
 */
final class PromiseWords {
    private static final int MOST_WAITING = 512;
    private static final String FIRST_IN_A_WORD = "0";
    private static final String LAST_IN_A_WORD = Character.toString(Character.MAX_CODE_POINT);

    private final boolean shared;
    private final AtomicInteger written = new AtomicInteger();

    /**
     * Words of a ledger.
     *
     * @param shared whether it is on PostgreSQL, which has another kind of index than SQLite
     */
    PromiseWords(boolean shared) {
        this.shared = shared;
    }

    /** How a promise's number and its words are written. */
    String insertion() {
        return shared
                ? "INSERT INTO promise_search (number, words) VALUES (?, to_tsvector('simple', ?))"
                : "INSERT INTO promise_search_waiting (number, words) VALUES (?, ?)";
    }

    /** Called for each that was written so, in the same transaction. */
    void inserted(Handle handle) {
        if (!shared && written.incrementAndGet() % MOST_WAITING == 0) {
            index(handle);
        }
    }

    /** Makes a promise findable that was not. */
    void insert(Handle handle, Promise promise) {
        handle.execute(insertion(), promise.number(), text(promise));
        inserted(handle);
    }

    /** Makes it findable by its reason too. */
    void update(Handle handle, Promise promise) {
        delete(handle, List.of(promise.number()));
        insert(handle, promise);
    }

    /** Has promises of those numbers not be found any more. */
    void delete(Handle handle, List<Long> numbers) {
        delete(
                handle,
                "DELETE FROM promise_search WHERE " + (shared ? "number" : "rowid") + " IN (<numbers>)",
                numbers);
        if (!shared) {
            delete(handle, "DELETE FROM promise_search_waiting WHERE number IN (<numbers>)", numbers);
        }
    }

    private static void delete(Handle handle, String sql, List<Long> numbers) {
        try (Update update = handle.createUpdate(sql)) {
            update.bindList("numbers", numbers).execute();
        }
    }

    /** Whether there are words that are not in the index yet. */
    boolean waiting(Handle handle) {
        return !shared
                && handle.select("SELECT 1 FROM promise_search_waiting LIMIT 1")
                        .mapTo(int.class)
                        .findOne()
                        .isPresent();
    }

    /** Takes the words that wait into the index. */
    void index(Handle handle) {
        if (!shared) {
            handle.execute(
                    "INSERT INTO promise_search (rowid, words) SELECT number, words FROM promise_search_waiting");
            handle.execute("DELETE FROM promise_search_waiting");
        }
    }

    /** Whether the ledger is on PostgreSQL. */
    boolean shared() {
        return shared;
    }

    /**
     * How those words are looked for, each as the beginning of a word. SQLite first gathers all that is found by a
     * beginning, which takes long for a word that all promises have: where no longer word begins so, it is asked for the
     * word itself, and finds one promise after the other.
     */
    String pattern(Handle handle, List<String> words) {
        return words.stream()
                .map(w -> shared ? w + ":*" : "\"" + w + (begins(handle, w) ? "\" *" : "\""))
                .collect(Collectors.joining(shared ? " & " : " AND "));
    }

    /** Whether longer words begin with it, as far as that is known: how SQLite folds letters beyond ASCII is its own. */
    private static boolean begins(Handle handle, String word) {
        String folded = word.toLowerCase(Locale.ROOT);
        return !CharMatcher.ascii().matchesAllOf(folded)
                || handle.select(
                                "SELECT 1 FROM promise_search_term WHERE term >= ? AND term <= ? LIMIT 1",
                                folded + FIRST_IN_A_WORD,
                                folded + LAST_IN_A_WORD)
                        .mapTo(int.class)
                        .findOne()
                        .isPresent();
    }

    /** What both engines take for words: letters and digits. */
    static List<String> of(String text) {
        String words = onlyWords(text);
        return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    /** The words of a promise, with spaces between them. */
    static String text(Promise promise) {
        StringBuilder text = new StringBuilder();
        text.append(promise.id()).append(' ').append(promise.version()).append(' ');
        promise.inputs().forEach((name, value) -> {
            if (!promise.secrets().contains(name)) {
                text.append(value).append(' ');
            }
        });
        promise.settlement().ifPresent(s -> text.append(s.reason()));
        return onlyWords(text);
    }

    /** Without a regular expression, for every submission comes through here. */
    private static String onlyWords(CharSequence text) {
        StringBuilder words = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPartOfWord(c)) {
                words.appendCodePoint(c);
            } else if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        });
        return words.toString().trim();
    }

    private static boolean isPartOfWord(int character) {
        int type = Character.getType(character);
        return Character.isLetterOrDigit(character)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
