package io.jenkins.plugins.promise.environment.book;

import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.LeaseLost;
import io.jenkins.plugins.promise.environment.LeaseTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who may change an environment: one at a time, in the order in which they asked. */
public final class Leases {
    private final Transactions transactions;
    private final EnvironmentRows environments;
    private final LeaseRows rows;

    Leases(Transactions transactions, EnvironmentRows environments, LeaseRows rows) {
        this.transactions = transactions;
        this.environments = environments;
        this.rows = rows;
    }

    /**
     * Asks for an environment; whoever waits asks again. Whoever has it gets the same lease.
     *
     * @throws EnvironmentRefusal if there is no such environment
     */
    public LeaseTurn ask(String environment, String holder) {
        return transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, environment);
            return rows.ask(handle, row, holder, transactions.now());
        });
    }

    /**
     * Asks for an environment as somebody does who has nothing under way there: what was begun before, by a run of the same
     * holder that is gone, is nobody's. Whoever waits asks again; nothing is written as long as it must wait.
     *
     * @throws EnvironmentRefusal if there is no such environment
     */
    public LeaseTurn take(String environment, String holder) {
        Instant now = transactions.now();
        Optional<LeaseTurn> waits = transactions.read(handle -> {
            EnvironmentRows.Row row = environments.get(handle, environment);
            return rows.waits(handle, row, holder, now);
        });
        return waits.orElseGet(() -> transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, environment);
            rows.endBegun(handle, row, holder, transactions.now());
            return rows.ask(handle, environments.get(handle, environment), holder, transactions.now());
        }));
    }

    /**
     * Lets leases last on whose holders are alive, before their time is over; also one whose time is over, as long as nobody
     * else has asked since.
     *
     * @param alive whether a holder is at work
     */
    public void renew(Predicate<String> alive) {
        Instant now = transactions.now();
        List<Lease> due = transactions.read(handle -> rows.held(handle).stream()
                .filter(lease -> due(
                        lease,
                        environments.get(handle, lease.environment()).rules().lease(),
                        now))
                .toList());
        due.stream().filter(lease -> alive.test(lease.holder())).forEach(this::renew);
    }

    /** When a third of its time has passed. */
    private static boolean due(Lease lease, Duration whole, Instant now) {
        return !now.isBefore(lease.until().minus(whole.dividedBy(3).multipliedBy(2)));
    }

    private void renew(Lease lease) {
        transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, lease.environment());
            rows.renew(handle, lease, transactions.now().plus(row.rules().lease()));
            return null;
        });
    }

    /** Waits for nothing more, and has nothing more, in any environment. */
    public void withdrawAll(String holder) {
        transactions.read(handle -> rows.of(handle, holder)).forEach(environment -> withdraw(environment, holder));
    }

    /** Waits no more, and has it no more: all that was under way there is nobody's then, whatever it was. */
    public void withdraw(String environment, String holder) {
        transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, environment);
            Optional<Lease> held =
                    rows.held(handle, environment).filter(l -> l.holder().equals(holder));
            if (held.isPresent()) {
                rows.lose(handle, row, held.get(), holder + " gave the lease back before the end", transactions.now());
            } else {
                rows.remove(handle, environment, holder);
            }
            return null;
        });
    }

    /**
     * Gives a lease back. Work that has not ended is nobody's then, and the environment dirty.
     *
     * @throws LeaseLost if it counts no more
     */
    public void giveBack(Lease lease) {
        transactions.write(handle -> {
            EnvironmentRows.Row row = environments.lock(handle, lease.environment());
            Instant now = transactions.now();
            rows.require(handle, lease, now);
            rows.giveBack(handle, row, lease, now);
            return null;
        });
    }

    /**
     * Whether a lease counts still.
     *
     * @throws LeaseLost if it does not
     */
    public void require(Lease lease) {
        Instant now = transactions.now();
        transactions.read(handle -> {
            rows.require(handle, lease, now);
            return null;
        });
    }

    /** Ends leases whose time is over or whose holders have ended, in all environments. */
    public void sweep() {
        transactions.write(handle -> {
            Instant now = transactions.now();
            for (EnvironmentRows.Row row : environments.all(handle)) {
                rows.sweep(handle, environments.lock(handle, row.name()), now);
            }
            return null;
        });
    }
}
