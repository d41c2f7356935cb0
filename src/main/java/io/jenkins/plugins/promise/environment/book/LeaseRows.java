package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.LeaseLost;
import io.jenkins.plugins.promise.environment.LeaseTurn;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Leases, and who waits for them, as rows; whoever changes them has locked their environment. */
final class LeaseRows {
    private static final String HELD =
            "SELECT environment, holder, fence, ends FROM environment_lease WHERE fence IS NOT NULL";
    private static final RowMapper<Lease> LEASE = (row, context) ->
            new Lease(row.getString(1), row.getString(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4)));

    private final EnvironmentRows environments;
    private final CandidateRows candidates;
    private final WorkRows works;
    private final Holders holders;

    LeaseRows(EnvironmentRows environments, CandidateRows candidates, WorkRows works, Holders holders) {
        this.environments = environments;
        this.candidates = candidates;
        this.works = works;
        this.holders = holders;
    }

    /** Who has the environment; nothing if nobody does. */
    Optional<Lease> held(Handle handle, String environment) {
        return handle.select(HELD + " AND environment = ?", environment)
                .map(LEASE)
                .findOne();
    }

    /** Who has one, of all environments. */
    List<Lease> held(Handle handle) {
        return handle.select(HELD + " ORDER BY environment").map(LEASE).list();
    }

    /** Who waits for it, in order. */
    List<String> waiting(Handle handle, String environment) {
        return handle.select(
                        "SELECT holder FROM environment_lease WHERE environment = ? AND fence IS NULL ORDER BY number",
                        environment)
                .mapTo(String.class)
                .list();
    }

    /** Gives the environment to whoever asks, or has it wait behind those that asked before. */
    LeaseTurn ask(Handle handle, EnvironmentRows.Row row, String holder, Instant now) {
        String environment = row.name();
        sweep(handle, row, now);
        Optional<Lease> held = held(handle, environment);
        if (held.isPresent() && held.get().holder().equals(holder)) {
            return new LeaseTurn.Granted(held.get());
        }
        handle.execute(
                "INSERT INTO environment_lease (environment, number, holder, asked)"
                        + " SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM environment_lease WHERE environment = ?"
                        + " ON CONFLICT (environment, holder) DO NOTHING",
                environment,
                holder,
                now.toEpochMilli(),
                environment);
        List<String> waiting = waiting(handle, environment);
        int before = waiting.indexOf(holder);
        if (held.isEmpty() && before == 0) {
            return new LeaseTurn.Granted(grant(handle, row, holder, now));
        }
        return new LeaseTurn.Waiting(held.map(Lease::holder).orElse(null), before + (held.isPresent() ? 1 : 0));
    }

    /** That a holder must wait on, as nothing has changed since it asked; nothing if it is to ask. */
    Optional<LeaseTurn> waits(Handle handle, EnvironmentRows.Row row, String holder, Instant now) {
        List<String> waiting = waiting(handle, row.name());
        Optional<Lease> held = held(handle, row.name());
        if (held.isEmpty()
                || held.get().holder().equals(holder)
                || !now.isBefore(held.get().until())
                || !waiting.contains(holder)
                || holders.ended(handle, held.get().holder())) {
            return Optional.empty();
        }
        return Optional.of(new LeaseTurn.Waiting(held.get().holder(), waiting.indexOf(holder) + 1));
    }

    /** The environments that a holder has or waits for. */
    List<String> of(Handle handle, String holder) {
        return handle.select("SELECT environment FROM environment_lease WHERE holder = ? ORDER BY environment", holder)
                .mapTo(String.class)
                .list();
    }

    /** Ends the lease of a holder that has begun something under it. */
    void endBegun(Handle handle, EnvironmentRows.Row row, String holder, Instant now) {
        held(handle, row.name())
                .filter(l -> l.holder().equals(holder))
                .filter(l -> works.find(handle, l.environment(), l.fence()).isPresent())
                .ifPresent(l -> lose(handle, row, l, holder + " had to begin again", now));
    }

    /** Lets a lease last until then, if it is there still. */
    void renew(Handle handle, Lease lease, Instant until) {
        handle.execute(
                "UPDATE environment_lease SET ends = ? WHERE environment = ? AND holder = ? AND fence = ?",
                until.toEpochMilli(),
                lease.environment(),
                lease.holder(),
                lease.fence());
    }

    private Lease grant(Handle handle, EnvironmentRows.Row row, String holder, Instant now) {
        Lease lease = new Lease(
                row.name(),
                holder,
                environments.fence(handle, row),
                now.plus(row.rules().lease()));
        handle.execute(
                "UPDATE environment_lease SET fence = ?, ends = ? WHERE environment = ? AND holder = ?",
                lease.fence(),
                lease.until().toEpochMilli(),
                lease.environment(),
                holder);
        return lease;
    }

    /** Ends a lease whose time is over or whose holder has ended, and forgets who waits no more. */
    void sweep(Handle handle, EnvironmentRows.Row row, Instant now) {
        held(handle, row.name()).ifPresent(lease -> {
            if (!now.isBefore(lease.until())) {
                lose(handle, row, lease, "the lease of " + lease.holder() + " has expired", now);
            } else if (holders.ended(handle, lease.holder())) {
                lose(handle, row, lease, lease.holder() + " ended while it had the lease", now);
            }
        });
        for (String holder : waiting(handle, row.name())) {
            if (holders.ended(handle, holder)) {
                remove(handle, row.name(), holder);
            }
        }
    }

    /** Ends a lease in good order, unless something is under way still. */
    void giveBack(Handle handle, EnvironmentRows.Row row, Lease lease, Instant now) {
        boolean begun = works.find(handle, lease.environment(), lease.fence()).isPresent();
        if (begun) {
            lose(handle, row, lease, lease.holder() + " gave the lease back before the end", now);
        } else {
            remove(handle, lease.environment(), lease.holder());
        }
    }

    /** Ends a lease before its time; what was under way is nobody's, and the environment dirty. */
    void lose(Handle handle, EnvironmentRows.Row row, Lease lease, String why, Instant now) {
        remove(handle, lease.environment(), lease.holder());
        Optional<WorkRows.Row> work = works.find(handle, lease.environment(), lease.fence());
        if (work.isPresent() && work.get().work() instanceof Work.Ended) {
            return;
        }
        work.ifPresent(w -> works.save(handle, lease, w.turn() + 1, new Work.Ended(new Outcome.Lost(why)), now));
        candidates.againOf(handle, lease.environment(), lease.fence());
        if (!(row.condition() instanceof Condition.Torn)) {
            environments.condition(handle, lease.environment(), new Condition.Dirty(why, now));
        }
    }

    void remove(Handle handle, String environment, String holder) {
        handle.execute("DELETE FROM environment_lease WHERE environment = ? AND holder = ?", environment, holder);
    }

    /**
     * Refuses what somebody wants to do who has the lease no more.
     *
     * @throws LeaseLost if it is not its lease, or its time is over
     */
    void require(Handle handle, Lease lease, Instant now) {
        Optional<Lease> held = held(handle, lease.environment());
        if (held.isEmpty()
                || held.get().fence() != lease.fence()
                || !held.get().holder().equals(lease.holder())
                || !now.isBefore(held.get().until())) {
            throw new LeaseLost(lease.environment(), lease.holder(), lease.fence());
        }
    }
}
