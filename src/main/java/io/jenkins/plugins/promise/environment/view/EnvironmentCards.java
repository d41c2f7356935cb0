package io.jenkins.plugins.promise.environment.view;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.Candidates;
import io.jenkins.plugins.promise.environment.book.Environments;
import java.util.List;

/** What pages show of environments: what is where since when, what is on its way, what holds it up, and what was there. */
public final class EnvironmentCards {
    private static final int MOST_HISTORY = 100;

    /** One that was rejected longer ago is no news. */
    private static final int MOST_CANDIDATES = 20;

    private final Environments environments;
    private final Candidates candidates;

    /** Of what the ledger has. */
    public EnvironmentCards(Book book) {
        this.environments = book.environments();
        this.candidates = book.candidates();
    }

    /** All environments. */
    public EnvironmentGrid grid() {
        List<EnvironmentStatus> all = environments.all();
        return EnvironmentGrid.of(all, all.stream().map(s -> card(s, all)).toList());
    }

    /**
     * What was in one.
     *
     * @throws Refused if there is none of that name
     */
    public EnvironmentHistory history(String name) throws Refused {
        try {
            EnvironmentStatus status = environments.status(name);
            List<Head> heads = environments.history(status.rules().name(), MOST_HISTORY + 1);
            return EnvironmentHistory.of(card(status, environments.all()), heads, MOST_HISTORY);
        } catch (EnvironmentRefusal e) {
            throw EnvironmentView.refused(e);
        }
    }

    private EnvironmentCard card(EnvironmentStatus status, List<EnvironmentStatus> all) {
        String manifest = status.head().manifest().id();
        return EnvironmentCard.of(
                status, environments.verdict(manifest).isPresent(), approvable(status, all), rejected(status));
    }

    /** The candidate that was rejected last; null for none. */
    private Candidate rejected(EnvironmentStatus status) {
        return !status.rules().integration()
                ? null
                : candidates.latest(status.rules().name(), MOST_CANDIDATES).stream()
                        .filter(c -> c.state() instanceof CandidateState.Rejected)
                        .findFirst()
                        .orElse(null);
    }

    /** What passed in the environment before this one, is not here, and has no approval that counts. */
    private String approvable(EnvironmentStatus status, List<EnvironmentStatus> all) {
        if (!status.rules().approve()) {
            return null;
        }
        return all.stream()
                .filter(before -> before.rules().name().equals(status.rules().after()))
                .map(EnvironmentStatus::head)
                .filter(before -> before.number() > 0)
                .map(before -> before.manifest().id())
                .filter(manifest -> !manifest.equals(status.head().manifest().id())
                        && environments.verdict(manifest).isPresent()
                        && !environments.approved(status.rules().name(), manifest))
                .findFirst()
                .orElse(null);
    }
}
