package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.CandidateState;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal.Why;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.LeaseLost;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Batch;
import io.jenkins.plugins.promise.environment.work.Integrating;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Placing;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Releasing;
import io.jenkins.plugins.promise.environment.work.Work;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What is done in environments. Each step is in the ledger before anything of it is done, and only whoever has the lease
 * gets it there: so it can be gone on with after a kill, and by nobody who was taken for dead.
 */
public final class Works {
    private final Transactions transactions;
    private final EnvironmentRows environments;
    private final ManifestRows manifests;
    private final CandidateRows candidates;
    private final LeaseRows leases;
    private final WorkRows rows;
    private final ReleaseCheck check;
    private final Endings endings;

    Works(
            Transactions transactions,
            EnvironmentRows environments,
            ManifestRows manifests,
            CandidateRows candidates,
            LeaseRows leases,
            WorkRows rows,
            ReleaseCheck check,
            Endings endings) {
        this.transactions = transactions;
        this.environments = environments;
        this.manifests = manifests;
        this.candidates = candidates;
        this.leases = leases;
        this.rows = rows;
        this.check = check;
        this.endings = endings;
    }

    /**
     * Work as far as it has come.
     *
     * @param turn to be given with what came of its acts
     */
    public record Begun(int turn, Work work) {}

    /** What is done under a lease; nothing if nothing was begun. */
    public Optional<Begun> current(Lease lease) {
        return transactions.read(handle ->
                rows.find(handle, lease.environment(), lease.fence()).map(r -> new Begun(r.turn(), r.work())));
    }

    /**
     * What came of the latest work of a holder, for one that does not know whether it had come to its end.
     *
     * @return nothing if it has begun nothing, or is at it still
     */
    public Optional<Outcome> outcome(String environment, String holder) {
        return transactions
                .read(handle -> rows.latest(handle, environment, holder))
                .filter(Work.Ended.class::isInstance)
                .map(w -> ((Work.Ended) w).outcome());
    }

    /**
     * Begins to test the next candidate, or in a batch those that can go together; or goes on where it is.
     *
     * @return nothing if no candidate waits
     * @throws EnvironmentRefusal if it may not be begun now
     * @throws LeaseLost if the lease counts no more
     */
    public Optional<Begun> integrate(Lease lease, Plan plan) {
        return transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, lease.environment());
            Instant now = transactions.now();
            leases.require(handle, lease, now);
            Optional<WorkRows.Row> before = rows.find(handle, lease.environment(), lease.fence());
            if (before.isPresent()) {
                return before.map(r -> new Begun(r.turn(), r.work()));
            }
            return integration(handle, row, lease, plan).map(work -> begun(handle, lease, row, work, now));
        });
    }

    private Optional<Work> integration(Handle handle, EnvironmentRows.Row row, Lease lease, Plan plan) {
        row.refuseHalted();
        if (row.held() != null) {
            throw new EnvironmentRefusal(
                    Why.HALTED,
                    "the queue of " + row.name() + " is held: " + row.held().why());
        }
        List<Candidate> waiting = candidates.waiting(handle, row.name());
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Head base = manifests.head(handle, environments.next(handle, row));
        List<Candidate> chosen =
                row.rules().batch() ? new Batch(waiting, base.manifest()).next() : waiting.subList(0, 1);
        List<Candidate> taken = chosen.stream()
                .map(c -> c.in(new CandidateState.Integrating(lease.fence())))
                .toList();
        taken.forEach(c -> candidates.save(handle, c));
        return Optional.of(Integrating.begin(
                base, plan, taken, environments.places(handle, row.name()), environments.met(handle, row.name())));
    }

    /**
     * Begins to release a manifest; or goes on where it is.
     *
     * @throws EnvironmentRefusal if it may not be released now
     * @throws LeaseLost if the lease counts no more
     */
    public Begun release(Lease lease, ReleaseRequest request, Plan plan) {
        return transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, lease.environment());
            Instant now = transactions.now();
            leases.require(handle, lease, now);
            Optional<WorkRows.Row> before = rows.find(handle, lease.environment(), lease.fence());
            if (before.isPresent()) {
                return new Begun(before.get().turn(), before.get().work());
            }
            Head.Cause cause = check.check(handle, row, request, now);
            Head head = manifests.head(handle, row);
            Manifest wanted = manifests.get(handle, request.manifest());
            refuseUnplanned(row, head, wanted, plan);
            boolean restore = !(row.condition() instanceof Condition.Clean);
            Work work = Releasing.begin(head, wanted, cause, plan, restore, environments.places(handle, row.name()));
            return begun(handle, lease, row, work, now);
        });
    }

    private static void refuseUnplanned(EnvironmentRows.Row row, Head head, Manifest wanted, Plan plan) {
        Set<String> known = new HashSet<>(plan.components());
        List<String> others = head.manifest().differences(wanted).stream()
                .filter(d -> d.to() != null && !known.contains(d.component()))
                .map(Manifest.Difference::component)
                .toList();
        if (!others.isEmpty()) {
            throw new EnvironmentRefusal(
                    Why.INVALID,
                    "manifest " + wanted.id() + " changes " + String.join(", ", others)
                            + ", which nobody here knows how to release to " + row.name());
        }
    }

    private Begun begun(Handle handle, Lease lease, EnvironmentRows.Row row, Work work, Instant now) {
        write(handle, lease, row, 0, work, now);
        return new Begun(0, work);
    }

    /**
     * Goes on after what was to be done was done, or not. What was told before is not taken twice.
     *
     * @param turn of the work whose acts they are
     * @throws LeaseLost if the lease counts no more; then nothing more is to be done there
     */
    public Begun told(Lease lease, int turn, List<ActResult> results) {
        return transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, lease.environment());
            Instant now = transactions.now();
            leases.require(handle, lease, now);
            WorkRows.Row at = rows.find(handle, lease.environment(), lease.fence())
                    .orElseThrow(() -> new LeaseLost(lease.environment(), lease.holder(), lease.fence()));
            if (at.turn() != turn) {
                return new Begun(at.turn(), at.work());
            }
            Map<String, Entry> places = environments.places(handle, row.name());
            for (ActResult result : results) {
                String component = result.act().component();
                if (result.act().kind() != Act.Kind.INTEGRATION) {
                    environments.place(
                            handle,
                            row.name(),
                            component,
                            Placing.seen(result, places.get(component)).orElse(null));
                }
            }
            Work then = at.work().after(results);
            write(handle, lease, row, turn + 1, then, now);
            return new Begun(turn + 1, then);
        });
    }

    private void write(Handle handle, Lease lease, EnvironmentRows.Row row, int turn, Work work, Instant now) {
        rows.save(handle, lease, turn, work, now);
        for (Act act : work.acts()) {
            if (act.kind() == Act.Kind.RELEASE) {
                // From now on nobody knows which of the two is there, until it is told.
                environments.place(handle, row.name(), act.component(), null);
            }
        }
        if (work instanceof Work.Ended ended) {
            endings.apply(handle, lease, row, ended.outcome(), now);
        }
    }
}
