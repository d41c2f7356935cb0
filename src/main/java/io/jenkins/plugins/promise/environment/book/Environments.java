package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Approval;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import io.jenkins.plugins.promise.environment.Halt;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.TestingSkipped;
import io.jenkins.plugins.promise.environment.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The environments that were declared, what was and is there, and what people say of them. */
public final class Environments {
    private static final int MOST_BACK = 100;

    private final Transactions transactions;
    private final EnvironmentRows rows;
    private final ManifestRows manifests;
    private final CandidateRows candidates;
    private final LeaseRows leases;

    Environments(
            Transactions transactions,
            EnvironmentRows rows,
            ManifestRows manifests,
            CandidateRows candidates,
            LeaseRows leases) {
        this.transactions = transactions;
        this.rows = rows;
        this.manifests = manifests;
        this.candidates = candidates;
        this.leases = leases;
    }

    /** Declares environments, in their order; those that are there keep all but their rules. */
    public void declare(List<EnvironmentRules> all) {
        transactions.write(handle -> {
            for (int place = 0; place < all.size(); place++) {
                rows.declare(handle, place, all.get(place));
            }
            return null;
        });
    }

    /** All, in their declared order. */
    public List<EnvironmentStatus> all() {
        return transactions.read(
                handle -> rows.all(handle).stream().map(r -> status(handle, r)).toList());
    }

    /**
     * One of them.
     *
     * @throws EnvironmentRefusal if there is none of that name
     */
    public EnvironmentStatus status(String environment) {
        return transactions.read(handle -> status(handle, rows.get(handle, environment)));
    }

    /**
     * What holds for one of them.
     *
     * @throws EnvironmentRefusal if there is none of that name
     */
    public EnvironmentRules rules(String environment) {
        return transactions.read(handle -> rows.get(handle, environment).rules());
    }

    private EnvironmentStatus status(Handle handle, EnvironmentRows.Row row) {
        return new EnvironmentStatus(
                row.rules(),
                manifests.head(handle, row),
                row.condition(),
                row.frozen(),
                row.held(),
                leases.held(handle, row.name()).orElse(null),
                leases.waiting(handle, row.name()),
                rows.places(handle, row.name()),
                candidates.open(handle, row.name()));
    }

    /** What was there, the latest first. */
    public List<Head> history(String environment, int most) {
        return transactions.read(handle -> {
            rows.get(handle, environment);
            return manifests.history(handle, environment, most);
        });
    }

    /**
     * What was there before what is there now.
     *
     * @throws EnvironmentRefusal if there is no such environment, or nothing else was ever there
     */
    public Manifest previous(String environment) {
        List<Head> history = history(environment, MOST_BACK);
        return history.stream()
                .skip(1)
                .map(Head::manifest)
                .filter(m -> !m.id().equals(history.get(0).manifest().id()))
                .findFirst()
                .orElseThrow(() -> new EnvironmentRefusal(
                        EnvironmentRefusal.Why.INVALID,
                        "nothing else was in " + environment + " before: there is nothing to go back to"));
    }

    /** Keeps a combination that nobody has tested, so that it can be spoken of by its id. */
    public Manifest keep(Map<String, Entry> entries) {
        Manifest manifest = Manifest.of(entries);
        return transactions.write(handle -> {
            manifests.keep(handle, manifest, transactions.now());
            return manifest;
        });
    }

    /** A manifest by its id. */
    public Optional<Manifest> manifest(String id) {
        return transactions.read(handle -> manifests.find(handle, id));
    }

    /** That a manifest passed; nothing if it did not. */
    public Optional<Verdict> verdict(String manifest) {
        return transactions.read(handle -> manifests.verdict(handle, manifest));
    }

    /** That a manifest need not be tested there; nothing if nobody said so. */
    public Optional<TestingSkipped> skipped(String environment, String manifest) {
        return transactions.read(handle -> manifests.skipped(handle, environment, manifest));
    }

    /** Who lets a manifest go to an environment; nothing if nobody did. */
    public Optional<Approval> approval(String environment, String manifest) {
        return transactions.read(handle -> manifests.approval(handle, environment, manifest));
    }

    /** Whether somebody lets it go there now. */
    public boolean approved(String environment, String manifest) {
        return approval(environment, manifest)
                .filter(a -> a.counts(transactions.now()))
                .isPresent();
    }

    /**
     * Lets one manifest go to an environment.
     *
     * @throws EnvironmentRefusal if there is no such environment or manifest
     */
    public Approval approve(String environment, String manifest, String who) {
        return transactions.write(handle -> {
            EnvironmentRows.Row row = rows.lock(handle, environment);
            manifests.get(handle, manifest);
            Instant now = transactions.now();
            Duration valid = row.rules().valid();
            Approval approval = new Approval(environment, manifest, who, now, valid == null ? null : now.plus(valid));
            manifests.approve(handle, approval);
            return approval;
        });
    }

    /** Lets nothing begin there until {@link #unfreeze}; what is under way goes on. */
    public void freeze(String environment, String who, String why) {
        transactions.write(handle -> {
            rows.lock(handle, environment);
            rows.frozen(handle, environment, Halt.of(who, why, transactions.now()));
            return null;
        });
    }

    /**
     * Lets a frozen environment, a held queue and a torn environment go on; the last is looked at and restored first. Who lets
     * a held queue go on answers for it that what it was held for is no longer there.
     */
    public void unfreeze(String environment, String who) {
        transactions.write(handle -> {
            EnvironmentRows.Row row = rows.lock(handle, environment);
            rows.frozen(handle, environment, null);
            if (row.held() != null) {
                rows.held(handle, environment, null);
                forgetLeft(handle, row, who);
            }
            if (row.condition() instanceof Condition.Torn torn) {
                rows.condition(
                        handle,
                        environment,
                        new Condition.Dirty(
                                "it was torn (" + torn.why() + "), and " + who + " lets it go on", transactions.now()));
            }
            return null;
        });
    }

    /** What the queue was held for is there no more, says who lets it go on. */
    private void forgetLeft(Handle handle, EnvironmentRows.Row row, String who) {
        Set<String> left = row.held().left();
        rows.forget(handle, row.name(), left);
        if (manifests.head(handle, row).manifest().entries().keySet().stream().anyMatch(left::contains)) {
            rows.condition(
                    handle,
                    row.name(),
                    new Condition.Dirty(
                            who + " has taken away " + String.join(", ", left) + ", and let its queue go on",
                            transactions.now()));
        }
    }
}
