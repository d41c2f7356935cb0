package io.jenkins.plugins.promise.environment.view;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import io.jenkins.plugins.promise.environment.Halt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is told of one environment beside what is in it.
 *
 * @param rules how things come there, in words
 * @param manifest the id of what is there; null if nothing was released there yet
 * @param since since when; null likewise
 * @param promise by which promise it came; null if by none
 * @param passed whether that combination has a verdict
 * @param held what holds it up, each with its reason; empty if nothing does
 * @param lease who changes it now, or what waits to; empty if nobody
 * @param candidates what is on its way there
 * @param rejected the candidate that was rejected last, with the reason; null for none
 * @param approvable the manifest that a person may let come there now; null for none
 * @param rests whether nothing goes on there until a person lets it: frozen, held or torn
 */
public record EnvironmentCard(
        String name,
        String rules,
        String manifest,
        Instant since,
        String promise,
        boolean passed,
        List<String> held,
        List<String> lease,
        List<String> candidates,
        String rejected,
        String approvable,
        boolean rests) {
    /** Copies what it is given. */
    public EnvironmentCard {
        held = new ArrayList<>(held);
        lease = new ArrayList<>(lease);
        candidates = new ArrayList<>(candidates);
    }

    /**
     * Of an environment.
     *
     * @param passed whether what is there has a verdict
     * @param approvable the manifest that waits for a person; null for none
     * @param rejected the candidate that was rejected last; null for none
     */
    static EnvironmentCard of(EnvironmentStatus status, boolean passed, String approvable, Candidate rejected) {
        boolean empty = status.head().number() == 0;
        return new EnvironmentCard(
                status.rules().name(),
                rules(status.rules()),
                empty ? null : status.head().manifest().id(),
                empty ? null : status.head().at(),
                empty ? null : status.head().promise(),
                passed,
                held(status),
                lease(status),
                status.candidates().stream().map(c -> named(c) + " " + word(c)).toList(),
                rejected != null && rejected.state() instanceof CandidateState.Rejected why
                        ? named(rejected) + ": " + why.reason()
                        : null,
                approvable,
                status.frozen() != null || status.held() != null || status.condition() instanceof Condition.Torn);
    }

    private static String named(Candidate candidate) {
        return "candidate " + candidate.number() + " ("
                + String.join(", ", candidate.entries().keySet()) + ")";
    }

    /** How far a candidate has come, in a word. */
    static String word(Candidate candidate) {
        return candidate.state().word().toLowerCase(Locale.ROOT);
    }

    private static String rules(EnvironmentRules rules) {
        List<String> words = new ArrayList<>();
        if (rules.integration()) {
            words.add(
                    rules.batch()
                            ? "components are tested together here, in batches"
                            : "components are tested together here");
        }
        if (rules.after() != null) {
            words.add("after " + rules.after());
        }
        if (rules.approve()) {
            words.add("once a person has approved");
        }
        return String.join(", ", words);
    }

    private static List<String> held(EnvironmentStatus status) {
        List<String> held = new ArrayList<>();
        add(held, "frozen by ", status.frozen());
        add(held, "takes no candidate, says ", status.held());
        if (status.condition() instanceof Condition.Dirty dirty) {
            held.add("dirty: " + dirty.why() + "; whoever gets it next looks, and puts back what should be there");
        }
        if (status.condition() instanceof Condition.Torn torn) {
            held.add("torn: " + torn.why() + "; "
                    + torn.places().entrySet().stream()
                            .map(p ->
                                    p.getKey() + " is at " + known(p.getValue().there()) + ", not at "
                                            + known(p.getValue().wanted()))
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("nothing is known of what is there"));
        }
        return held;
    }

    private static String known(String commit) {
        return commit == null ? "an unknown commit" : Cell.shown(commit);
    }

    private static void add(List<String> held, String begin, Halt halt) {
        if (halt != null) {
            held.add(begin + halt.who() + ": " + halt.why());
        }
    }

    private static List<String> lease(EnvironmentStatus status) {
        List<String> lease = new ArrayList<>();
        if (status.lease() != null) {
            lease.add(status.lease().holder());
        }
        lease.addAll(status.waiting());
        return lease;
    }
}
