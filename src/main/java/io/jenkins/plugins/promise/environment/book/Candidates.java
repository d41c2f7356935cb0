package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is on its way to an environment. */
public final class Candidates {
    private final Transactions transactions;
    private final EnvironmentRows environments;
    private final CandidateRows rows;

    Candidates(Transactions transactions, EnvironmentRows environments, CandidateRows rows) {
        this.transactions = transactions;
        this.environments = environments;
        this.rows = rows;
    }

    /**
     * Takes commits in that go together or not at all. One that has not begun, and brings one of the components, is replaced.
     *
     * @param environment where components are tested together
     * @param entries by component
     * @return the candidate that brings them, which may have been there
     * @throws EnvironmentRefusal if there is no such environment, or components are not tested there
     */
    public Candidate submit(String environment, Map<String, Entry> entries) {
        if (entries.isEmpty()) {
            throw new EnvironmentRefusal(
                    EnvironmentRefusal.Why.INVALID, "a candidate brings the commit of at least one component");
        }
        return transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, environment);
            if (!row.rules().integration()) {
                throw new EnvironmentRefusal(
                        EnvironmentRefusal.Why.INVALID,
                        "components are not tested together in " + environment
                                + ": it lacks 'integration: true' in environments.yaml");
            }
            return rows.add(handle, environment, entries, transactions.now());
        });
    }

    /** A candidate. */
    public Optional<Candidate> find(String environment, long number) {
        return transactions.read(handle -> rows.find(handle, environment, number));
    }

    /** All, the latest first. */
    public List<Candidate> latest(String environment, int most) {
        return transactions.read(handle -> rows.latest(handle, environment, most));
    }
}
