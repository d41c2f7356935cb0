package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.ReceivedBundle;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

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
     * Deploys a bundle as it was sent: all of it or, if anything is wrong with it, nothing. Common names move when all
     * versions are in. What it holds is in memory at no time.
     *
     * @param body is read to its end
     * @param most how many bytes it may have
     * @return what changed
     * @throws Refused if it is not taken
     */
    public DeploymentPlan deploy(InputStream body, long most, DeployOptions options) throws Refused {
        try (ReceivedBundle received = ReceivedBundle.receive(body, store.incoming(), most)) {
            return deploy(received.bundle(), options);
        }
    }

    /** Deploys a bundle, as {@link #deploy(InputStream, long, DeployOptions)} does. */
    public synchronized DeploymentPlan deploy(Bundle bundle, DeployOptions options) throws Refused {
        while (true) {
            VersionIndex before = store.index();
            DeploymentPlan plan = DeploymentPlan.of(bundle, before, store);
            check(plan, options);
            if (options.dryRun()) {
                return plan;
            }
            List<String> added = plan.of(DeploymentPlan.Change.NEW);
            VersionIndex then = before.deployed(bundle, clock.instant());
            if (added.isEmpty() && then.equals(before)) {
                return plan;
            }
            try {
                List<Release> releases = bundle.releases().stream()
                        .filter(r -> added.contains(r.deployed().version()))
                        .toList();
                if (store.deploy(releases, before, then)) {
                    return plan;
                }
                // Another controller was faster; what this would change is judged anew.
            } catch (IOException e) {
                throw unavailable("deployed", e);
            }
        }
    }

    private static void check(DeploymentPlan plan, DeployOptions options) throws Refused {
        List<String> conflicts = plan.of(DeploymentPlan.Change.CONFLICT);
        if (!conflicts.isEmpty()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "nothing was deployed: a version never changes, and these are deployed with other content: "
                            + String.join(", ", conflicts));
        }
        if (!plan.takeOvers().isEmpty() && !options.takeOver()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "nothing was deployed: a job belongs to the suite that deployed it first, and this is the suite '"
                            + plan.takeOvers().get(0).to() + "': "
                            + plan.takeOvers().stream()
                                    .map(t -> t.name() + " is of the suite '" + t.from() + "'")
                                    .collect(Collectors.joining(", "))
                            + ". Rename the jobs, or set name: in suite.yaml if it is the same suite, or take them"
                            + " over: --take-over, takeOver=true");
        }
    }

    /**
     * Lets a common name stand for an earlier version again.
     *
     * @param to the version; null for the one that it stood for before
     * @return the move
     */
    public synchronized DeploymentPlan.Move rollback(String name, String to) throws Refused {
        // Settled once: a change that was made although its commit failed would else be made a second time, from there.
        DeploymentPlan.Move move = move(store.index(), name, to);
        while (true) {
            VersionIndex before = store.index();
            VersionIndex then = before.moved(name, move.to());
            try {
                if (then.equals(before) || store.deploy(List.of(), before, then)) {
                    return move;
                }
            } catch (IOException e) {
                throw unavailable("rolled back", e);
            }
        }
    }

    private DeploymentPlan.Move move(VersionIndex index, String name, String to) throws Refused {
        String from = index.latestOf(name)
                .orElseThrow(
                        () -> Refused.unknown("promise job", name, index.names().keySet()));
        String target = to != null
                ? to
                : index.before(name)
                        .orElseThrow(() -> new Refused(
                                Refused.Why.CONFLICT,
                                name + " stood for no version before " + from + " that is still deployed"));
        Optional<String> broken = store.broken(target);
        if (broken.isPresent()) {
            throw new Refused(Refused.Why.CONFLICT, broken.get());
        }
        List<String> own = store.all().stream()
                .filter(d -> d.name().equals(name))
                .map(Deployed::version)
                .toList();
        if (!own.contains(target)) {
            throw new Refused(
                    Refused.Why.UNKNOWN,
                    "'" + target + "' is no deployed version of " + name + "; there are: " + String.join(", ", own));
        }
        return new DeploymentPlan.Move(name, from, target);
    }

    /**
     * Has nothing of a version started until it is resumed: what is submitted waits, what runs goes on.
     *
     * @param name the version, or a common name for the one that it stands for
     * @param by who wants that, as people know them
     */
    public PausedVersion pause(String name, String by) throws Refused {
        Pause pause = new Pause(by, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return changed(name, Optional.of(pause));
    }

    /** Has a version started again; or the one that a common name stands for. */
    public PausedVersion resume(String name) throws Refused {
        return changed(name, Optional.empty());
    }

    private PausedVersion changed(String name, Optional<Pause> then) throws Refused {
        String version = store.index().latestOf(name).orElse(name);
        try {
            var unused = store.pause(version, then);
        } catch (IOException e) {
            throw unavailable(then.isPresent() ? "paused" : "resumed", e);
        }
        if (!store.index().versions().containsKey(version)) {
            throw Refused.unknown("promise job", name, store.index().names().keySet());
        }
        return new PausedVersion(version, store.paused(version).orElse(null));
    }

    /**
     * A version, and whether it is paused.
     *
     * @param paused null if it is not
     */
    public record PausedVersion(String version, Pause paused) {}

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
                while (true) {
                    VersionIndex before = store.index();
                    Pruning pruning = Pruning.of(uses(before), clock.instant(), olderThan);
                    List<String> removed = pruning.removed();
                    if (dryRun || removed.isEmpty() || store.remove(removed, before, before.without(removed))) {
                        return pruning;
                    }
                }
            });
        } catch (IOException e) {
            throw unavailable("pruned", e);
        }
    }

    private List<Pruning.Use> uses(VersionIndex index) throws IOException {
        Map<String, Long> open = ledger.lists().openByVersion();
        List<Pruning.Use> uses = new ArrayList<>();
        for (String version : index.versions().keySet()) {
            uses.add(new Pruning.Use(
                    version,
                    index.isLatest(version),
                    store.lastUsed(version),
                    open.getOrDefault(version, 0L),
                    store.resolve(version)
                            .map(d -> new ArrayList<>(d.uses().values()))
                            .orElseGet(ArrayList::new)));
        }
        return uses;
    }

    private static Refused unavailable(String done, IOException e) {
        LOGGER.log(Level.SEVERE, "nothing could be " + done, e);
        return new Refused(Refused.Why.UNAVAILABLE, "the disk did not take it, and nothing was " + done + ": " + e);
    }
}
