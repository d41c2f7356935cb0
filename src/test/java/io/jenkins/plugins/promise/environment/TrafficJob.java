package io.jenkins.plugins.promise.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.ReleaseRequest;
import io.jenkins.plugins.promise.environment.book.Works;
import io.jenkins.plugins.promise.environment.work.Act;
import io.jenkins.plugins.promise.environment.work.ActResult;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Plan;
import io.jenkins.plugins.promise.environment.work.Work;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One job of the model, which makes one step at a time and knows after a kill only what the ledger knows. */
final class TrafficJob {
    private final String holder;
    private final String environment;
    private final ReleaseRequest request;
    private final Book book;
    private final World world;
    private final Plan plan;
    private final Clock clock;
    private Lease lease;
    private Works.Begun begun;
    /** Null while nothing is under way; what came of the acts so far. */
    private List<ActResult> acting;

    private Outcome outcome;

    TrafficJob(
            String holder, String environment, ReleaseRequest request, Book book, World world, Plan plan, Clock clock) {
        this.holder = holder;
        this.environment = environment;
        this.request = request;
        this.book = book;
        this.world = world;
        this.plan = plan;
        this.clock = clock;
    }

    String holder() {
        return holder;
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    void kill() {
        lease = null;
        begun = null;
        acting = null;
    }

    /** Whether it acts now, and nobody has told it to stop. */
    private boolean acts(String there) {
        return acting != null && environment.equals(there) && clock.instant().isBefore(lease.until());
    }

    /** One step; true if it was the last. */
    boolean step(List<TrafficJob> all) {
        try {
            return next(all);
        } catch (LeaseLost e) {
            return true;
        }
    }

    private Optional<Works.Begun> begin() {
        try {
            return request == null
                    ? book.works().integrate(lease, plan)
                    : Optional.of(book.works().release(lease, request, plan));
        } catch (EnvironmentRefusal e) {
            return Optional.empty();
        }
    }

    private boolean next(List<TrafficJob> all) {
        if (lease == null) {
            if (book.leases().ask(environment, holder) instanceof LeaseTurn.Granted granted) {
                lease = granted.lease();
            }
        } else if (begun == null) {
            Optional<Works.Begun> found = book.works().current(lease);
            if (found.isEmpty()) {
                found = begin();
            }
            if (found.isEmpty()) {
                book.leases().giveBack(lease);
                return true;
            }
            begun = found.get();
        } else if (begun.work() instanceof Work.Ended ended) {
            outcome = ended.outcome();
            book.leases().giveBack(lease);
            return true;
        } else if (acting == null) {
            book.leases().require(lease);
            assertThat(all.stream().filter(j -> j != this && j.acts(environment)))
                    .as("others that act in %s", environment)
                    .isEmpty();
            acting = new ArrayList<>();
        } else if (!clock.instant().isBefore(lease.until())) {
            // The host ends what it runs when the lease does.
            return true;
        } else if (acting.size() < begun.work().acts().size()) {
            Act act = begun.work().acts().get(acting.size());
            acting.add(world.does(environment, act));
        } else {
            begun = book.works().told(lease, begun.turn(), acting);
            acting = null;
        }
        return false;
    }
}
