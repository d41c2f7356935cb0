package io.jenkins.plugins.promise.contract.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The known word closest to a misspelt one, if one is close: a third of its letters differ, or two. */
    static Optional<String> to(String word, Collection<String> known) {
        String folded = word.toLowerCase(Locale.ROOT);
        int limit = word.length() <= 3 ? 1 : Math.max(2, word.length() / 3);
        LevenshteinDistance distance = new LevenshteinDistance(limit);
        return known.stream()
                .filter(k -> distance.apply(folded, k.toLowerCase(Locale.ROOT)) >= 0)
                .min(Comparator.comparingInt(k -> distance.apply(folded, k.toLowerCase(Locale.ROOT))));
    }

    /** {@code "; did you mean 'x'?"}, or nothing. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(k -> "; did you mean '" + k + "'?").orElse("");
    }
}
