package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The rules by which versions come, go, and are what a common name stands for; the same on every host. One at a time. */
public final class Deployments {
    private static final Logger LOGGER = Logger.getLogger(Deployments.class.getName());

    private final VersionStore store;
    private final Ledger ledger;
    private final AcceptanceGate gate;
    private final Clock clock;

    /**
     * Rules over what is deployed, and the promises that use it.
     *
     * @param gate what a submission goes through between being looked at and being accepted
     */
    public Deployments(VersionStore store, Ledger ledger, AcceptanceGate gate, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Deploys a bundle: all of it or, if anything is wrong with it, nothing. Common names move when all versions are in.
     *
     * @param bytes the bundle as it was sent
     * @param maxExpanded how many bytes it may hold
     * @param dryRun whether only to tell what would change
     * @return what changed
     * @throws Refused if it is not taken
     */
    public DeploymentPlan deploy(byte[] bytes, long maxExpanded, boolean dryRun) throws Refused {
        Bundle bundle;
        try {
            bundle = Bundle.read(bytes, maxExpanded);
        } catch (BrokenBundle e) {
            throw new Refused(Refused.Why.INVALID, "the bundle is refused: " + e.getMessage());
        }
        return deploy(bundle.releases(), dryRun);
    }

    /** Deploys releases, as {@link #deploy(byte[], long, boolean)} does. */
    public synchronized DeploymentPlan deploy(List<Release> releases, boolean dryRun) throws Refused {
        List<Deployed> versions = releases.stream().map(Release::deployed).toList();
        DeploymentPlan plan = DeploymentPlan.of(versions, store);
        List<String> conflicts = plan.of(DeploymentPlan.Change.CONFLICT);
        if (!conflicts.isEmpty()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "nothing was deployed: a version never changes, and these are deployed with other content: "
                            + String.join(", ", conflicts));
        }
        if (dryRun) {
            return plan;
        }
        List<String> added = plan.of(DeploymentPlan.Change.NEW);
        List<String> newTokens = plan.of(DeploymentPlan.Change.NEW_TOKEN);
        VersionIndex before = store.index();
        VersionIndex then = before.deployed(versions, clock.instant());
        try {
            if (!then.equals(before)) {
                store.add(
                        releases.stream()
                                .filter(r -> added.contains(r.deployed().version()))
                                .toList(),
                        then);
            }
        } catch (IOException e) {
            throw unavailable("deployed", e);
        }
        try {
            for (Deployed one : versions) {
                if (newTokens.contains(one.version())) {
                    store.replaceToken(one);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, "a token could not be replaced", e);
            throw new Refused(
                    Refused.Why.UNAVAILABLE,
                    "all versions are deployed, but not all of their tokens could be replaced; deploy again: " + e);
        }
        return plan;
    }

    /**
     * Lets a common name stand for an earlier version again.
     *
     * @param to the version; null for the one that it stood for before
     * @return the move
     */
    public synchronized DeploymentPlan.Move rollback(String name, String to) throws Refused {
        VersionIndex index = store.index();
        String from = index.latestOf(name)
                .orElseThrow(() ->
                        Refused.unknown("promise job", name, index.latest().keySet()));
        String target = to != null
                ? to
                : index.before(name)
                        .orElseThrow(() -> new Refused(
                                Refused.Why.CONFLICT,
                                name + " stood for no version before " + from + " that is still deployed"));
        List<String> own = store.all().stream()
                .filter(d -> d.name().equals(name))
                .map(Deployed::version)
                .toList();
        if (!own.contains(target)) {
            throw new Refused(
                    Refused.Why.UNKNOWN,
                    "'" + target + "' is no deployed version of " + name + "; there are: " + String.join(", ", own));
        }
        if (!target.equals(from)) {
            try {
                store.add(List.of(), index.moved(name, target));
            } catch (IOException e) {
                throw unavailable("rolled back", e);
            }
        }
        return new DeploymentPlan.Move(name, from, target);
    }

    /**
     * Removes versions that nothing needs.
     *
     * @param olderThan how long a version must not have been used
     * @param dryRun whether only to tell which would go
     * @return what went, and why the others stay
     */
    public synchronized Pruning prune(Duration olderThan, boolean dryRun) throws Refused {
        try {
            // Without this a version could go between the moment a submission finds it and the moment its promise is
            // open.
            return gate.whileClosed(() -> {
                Pruning pruning = Pruning.of(uses(), clock.instant(), olderThan);
                if (!dryRun && !pruning.removed().isEmpty()) {
                    store.remove(pruning.removed(), store.index().without(pruning.removed()));
                }
                return pruning;
            });
        } catch (IOException e) {
            throw unavailable("pruned", e);
        }
    }

    private List<Pruning.Use> uses() throws IOException {
        Map<String, Long> open = ledger.openByVersion();
        VersionIndex index = store.index();
        List<Pruning.Use> uses = new ArrayList<>();
        for (Deployed one : store.all()) {
            uses.add(new Pruning.Use(
                    one.version(),
                    index.isLatest(one),
                    store.lastUsed(one.version()),
                    open.getOrDefault(one.version(), 0L),
                    new ArrayList<>(one.uses().values())));
        }
        return uses;
    }

    private static Refused unavailable(String done, IOException e) {
        LOGGER.log(Level.SEVERE, "nothing could be " + done, e);
        return new Refused(Refused.Why.UNAVAILABLE, "the disk did not take it, and nothing was " + done + ": " + e);
    }
}
