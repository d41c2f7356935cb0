package io.jenkins.plugins.promise.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.Test;

/** Which versions may go, over all histories of a few versions. */
public class PruningTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int VERSIONS = 4;
    /** latest, used lately, with an open promise: each yes or no. */
    private static final int STATES = 8;

    private static Pruning.Use use(int number, int state, List<String> uses) {
        return new Pruning.Use(
                name(number),
                (state & 1) != 0,
                (state & 2) != 0 ? NOW.minus(WEEK).plusSeconds(1) : NOW.minus(WEEK),
                (state & 4) != 0 ? 1 : 0,
                uses);
    }

    private static String name(int number) {
        return "job" + number + "-v1-1234567";
    }

    /** All ways in which versions may use the ones before them. */
    private static List<List<List<String>>> graphs() {
        List<List<List<String>>> graphs = List.of(List.of());
        for (int number = 0; number < VERSIONS; number++) {
            List<List<List<String>>> larger = new ArrayList<>();
            for (List<List<String>> graph : graphs) {
                for (int subset = 0; subset < 1 << number; subset++) {
                    List<String> uses = new ArrayList<>();
                    for (int other = 0; other < number; other++) {
                        if ((subset & 1 << other) != 0) {
                            uses.add(name(other));
                        }
                    }
                    List<List<String>> more = new ArrayList<>(graph);
                    more.add(uses);
                    larger.add(more);
                }
            }
            graphs = larger;
        }
        return graphs;
    }

    /** The definition itself, without any cleverness: take one away at a time while that is allowed. */
    private static Set<String> mayGo(List<Pruning.Use> versions) {
        Map<String, Pruning.Use> left =
                versions.stream().collect(Collectors.toMap(Pruning.Use::version, Function.identity()));
        Set<String> gone = new TreeSet<>();
        boolean again = true;
        while (again) {
            again = false;
            for (Pruning.Use one : List.copyOf(left.values())) {
                boolean referred = left.values().stream().anyMatch(o -> o.uses().contains(one.version()));
                boolean recent = one.lastUsed().isAfter(NOW.minus(WEEK));
                if (!one.latest() && !recent && one.openPromises() == 0 && !referred) {
                    left.remove(one.version());
                    gone.add(one.version());
                    again = true;
                }
            }
        }
        return gone;
    }

    @Test
    public void removesWhatTheFourConditionsAllowAndNothingElse() {
        int histories = 0;
        for (List<List<String>> graph : graphs()) {
            for (int states = 0; states < Math.pow(STATES, VERSIONS); states++) {
                List<Pruning.Use> versions = new ArrayList<>();
                int rest = states;
                for (int number = 0; number < VERSIONS; number++) {
                    versions.add(use(number, rest % STATES, graph.get(number)));
                    rest /= STATES;
                }
                Pruning pruning = Pruning.of(versions, NOW, WEEK);
                assertThat(new TreeSet<>(pruning.removed()))
                        .as(versions::toString)
                        .isEqualTo(mayGo(versions));
                histories++;
            }
        }
        assertThat(histories).isEqualTo(64 * 4096);
    }

    @Test
    public void tellsWhyAVersionStays() {
        Pruning pruning = Pruning.of(
                List.of(use(0, 0, List.of()), use(1, 1, List.of(name(0))), use(2, 2, List.of()), use(3, 4, List.of())),
                NOW,
                WEEK);

        assertThat(pruning.verdicts())
                .extracting(Pruning.Verdict::kept)
                .containsExactly(
                        "job1-v1-1234567 uses it",
                        "it is latest",
                        "it was used at 2026-11-17T12:00:01Z",
                        "1 of its promises is open");
    }
}
