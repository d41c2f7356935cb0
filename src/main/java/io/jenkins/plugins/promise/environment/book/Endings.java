package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Halt;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.Verdict;
import io.jenkins.plugins.promise.environment.work.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What an outcome makes of an environment, its head and the candidates: all of it in the transaction in which it is told. */
final class Endings {
    private final EnvironmentRows environments;
    private final ManifestRows manifests;
    private final CandidateRows candidates;

    Endings(EnvironmentRows environments, ManifestRows manifests, CandidateRows candidates) {
        this.environments = environments;
        this.manifests = manifests;
        this.candidates = candidates;
    }

    void apply(Handle handle, Lease lease, EnvironmentRows.Row row, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Integrated integrated) {
            integrated(handle, lease, row, integrated, now);
        } else if (outcome instanceof Outcome.Held held) {
            environments.held(handle, row.name(), new Halt(lease.holder(), held.why(), now, held.left()));
            again(handle, row.name(), held.candidates());
            if (held.restored()) {
                restored(handle, lease, row, held.base().manifest(), now);
            } else {
                environments.condition(handle, row.name(), new Condition.Dirty(held.why(), now));
            }
        } else if (outcome instanceof Outcome.Released released) {
            released(handle, lease, row, released, now);
        } else if (outcome instanceof Outcome.PutBack) {
            environments.condition(handle, row.name(), new Condition.Clean());
        } else if (outcome instanceof Outcome.Torn torn) {
            environments.condition(handle, row.name(), new Condition.Torn(torn.why(), torn.places(), now));
        }
    }

    private void integrated(
            Handle handle, Lease lease, EnvironmentRows.Row row, Outcome.Integrated outcome, Instant now) {
        String environment = row.name();
        Manifest manifest = outcome.manifest();
        if (outcome.passed().isEmpty()) {
            restored(handle, lease, row, manifest, now);
        } else {
            Head base = outcome.base();
            manifests.move(handle, lease, row.head(), manifest, Head.Cause.INTEGRATED, now);
            manifests.pass(
                    handle,
                    new Verdict(
                            manifest.id(),
                            environment,
                            base.environment(),
                            base.number(),
                            outcome.tested(),
                            outcome.passed(),
                            lease.holder(),
                            now));
            candidates.move(
                    handle,
                    environment,
                    outcome.passed(),
                    base.environment().equals(environment)
                            ? new CandidateState.Released(environment, manifest.id())
                            : new CandidateState.Passed(manifest.id()));
            environments.condition(handle, environment, new Condition.Clean());
        }
        Outcome.Rejection rejected = outcome.rejected();
        if (rejected != null) {
            candidates.move(
                    handle,
                    environment,
                    List.of(rejected.candidate()),
                    new CandidateState.Rejected(rejected.reason(), rejected.broke()));
        }
        if (!outcome.left().isEmpty()) {
            // Who takes it away as told tells nobody: what is there of it is not known from now on.
            outcome.left().forEach(component -> environments.place(handle, environment, component, null));
            environments.condition(
                    handle,
                    environment,
                    new Condition.Dirty(
                            "nothing was there before of " + String.join(", ", outcome.left())
                                    + ", which did not pass and is there still: take it away",
                            now));
        }
        again(handle, environment, outcome.waiting());
        settleStale(handle, environment, outcome.base().environment());
    }

    private void restored(Handle handle, Lease lease, EnvironmentRows.Row row, Manifest base, Instant now) {
        if (base.empty() && row.head() > 0) {
            environments.condition(
                    handle,
                    row.name(),
                    new Condition.Dirty("what did not pass is there still, for nothing was there before it", now));
            return;
        }
        if (!base.empty()
                && !base.id().equals(manifests.head(handle, row).manifest().id())) {
            manifests.move(handle, lease, row.head(), base, Head.Cause.RESTORED, now);
        }
        environments.condition(handle, row.name(), new Condition.Clean());
    }

    private void released(Handle handle, Lease lease, EnvironmentRows.Row row, Outcome.Released outcome, Instant now) {
        String manifest = outcome.to().id();
        environments.condition(handle, row.name(), new Condition.Clean());
        if (manifest.equals(outcome.from().manifest().id())) {
            return;
        }
        manifests.move(handle, lease, outcome.from().number(), outcome.to(), outcome.cause(), now);
        for (EnvironmentRows.Row tested : environments.all(handle)) {
            if (tested.rules().integration()
                    && environments.next(handle, tested).name().equals(row.name())) {
                environments.lock(handle, tested.name());
                candidates.passed(handle, tested.name()).stream()
                        .filter(c -> passedWith(c, manifest))
                        .forEach(c -> candidates.save(handle, c.in(new CandidateState.Released(row.name(), manifest))));
                settleStale(handle, tested.name(), row.name());
            }
        }
    }

    private static boolean passedWith(Candidate candidate, String manifest) {
        return candidate.state() instanceof CandidateState.Passed passed
                && passed.manifest().equals(manifest);
    }

    /** Lets those be tested again that passed on a head that is no longer there. */
    private void settleStale(Handle handle, String environment, String base) {
        long head = environments.get(handle, base).head();
        candidates.again(
                handle,
                candidates.passed(handle, environment).stream()
                        .filter(c -> stale(handle, c, base, head))
                        .toList());
    }

    private boolean stale(Handle handle, Candidate candidate, String base, long head) {
        return manifests
                .verdict(handle, ((CandidateState.Passed) candidate.state()).manifest())
                .filter(v -> v.base().equals(base) && v.baseNumber() == head)
                .isEmpty();
    }

    private void again(Handle handle, String environment, Collection<Long> numbers) {
        List<Candidate> found = new ArrayList<>();
        numbers.forEach(n -> candidates.find(handle, environment, n).ifPresent(found::add));
        candidates.again(handle, found);
    }
}
