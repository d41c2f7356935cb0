package io.jenkins.plugins.promise.environment.view;

import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was in an environment, the latest first.
 *
 * @param card what is told of it now
 * @param more whether there was more before the last of them
 */
public record EnvironmentHistory(EnvironmentCard card, List<Line> lines, boolean more) {
    /** Copies what it is given. */
    public EnvironmentHistory {
        lines = new ArrayList<>(lines);
    }

    /** Of heads, the latest first; the last of them is only compared with if there are more than are shown. */
    static EnvironmentHistory of(EnvironmentCard card, List<Head> heads, int most) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(most, heads.size()); i++) {
            Manifest before = i + 1 < heads.size() ? heads.get(i + 1).manifest() : Manifest.EMPTY;
            lines.add(Line.of(heads.get(i), before));
        }
        return new EnvironmentHistory(card, lines, heads.size() > most);
    }

    /**
     * A manifest that was there.
     *
     * @param changes what it changed, each as a text
     * @param promise by which it came; null if by none
     */
    public record Line(long number, String manifest, String cause, Instant at, String promise, List<String> changes) {
        /** Copies what it is given. */
        public Line {
            changes = new ArrayList<>(changes);
        }

        private static Line of(Head head, Manifest before) {
            return new Line(
                    head.number(),
                    head.manifest().id(),
                    head.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    head.at(),
                    head.promise(),
                    before.differences(head.manifest()).stream()
                            .map(d -> d.component() + " " + shown(d.from()) + " → " + shown(d.to()))
                            .toList());
        }

        private static String shown(Entry entry) {
            return entry == null ? "nothing" : Cell.shown(entry.commit());
        }
    }
}
