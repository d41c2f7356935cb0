package io.jenkins.plugins.promise.environment.view;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What an environment has of a component.
 *
 * @param commit abbreviated; null if it has none
 * @param whole the whole commit; null likewise
 * @param promise the promise that built and tested it; null if none is known
 * @param coming the candidates that bring another commit, as texts
 */
public record Cell(String commit, String whole, String promise, List<String> coming) {
    private static final int SHOWN = 10;

    /** Copies what it is given. */
    public Cell {
        coming = new ArrayList<>(coming);
    }

    static Cell of(EnvironmentStatus status, String component) {
        Entry entry = status.head().manifest().entry(component);
        List<String> coming = status.candidates().stream()
                .filter(c -> c.entries().containsKey(component))
                .map(c -> coming(c, component))
                .toList();
        return entry == null
                ? new Cell(null, null, null, coming)
                : new Cell(shown(entry.commit()), entry.commit(), entry.promise(), coming);
    }

    private static String coming(Candidate candidate, String component) {
        return shown(candidate.entries().get(component).commit()) + " " + EnvironmentCard.word(candidate);
    }

    /** A commit as people tell it. */
    static String shown(String commit) {
        return commit.length() > SHOWN ? commit.substring(0, SHOWN) : commit;
    }
}
