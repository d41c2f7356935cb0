package io.jenkins.plugins.promise.environment.steps;

import io.jenkins.plugins.promise.environment.Approval;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import io.jenkins.plugins.promise.environment.Lease;
import io.jenkins.plugins.promise.environment.LeaseLost;
import io.jenkins.plugins.promise.environment.LeaseTurn;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.ReleaseRequest;
import io.jenkins.plugins.promise.environment.book.Works;
import io.jenkins.plugins.promise.environment.work.Outcome;
import io.jenkins.plugins.promise.environment.work.Work;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Answers the steps of one orchestration out of the ledger. Each answer is on disk before it is given. */
public final class EnvironmentSteps {
    private final Book book;
    private final Clock clock;
    private final String holder;
    private final String who;

    /**
     * Answers the steps of an orchestration.
     *
     * @param holder its promise, which has the leases
     * @param who whoever submitted it, and answers for what it takes without a verdict
     */
    public EnvironmentSteps(Book book, Clock clock, String holder, String who) {
        this.book = book;
        this.clock = clock;
        this.holder = holder;
        this.who = who;
    }

    /**
     * What is known just now; a question whose answer must be waited for is asked again.
     *
     * @throws java.io.UncheckedIOException if the ledger cannot be reached just now
     */
    public Reply ask(EnvironmentCall call) {
        try {
            if (call instanceof EnvironmentCall.Take take) {
                return take(take);
            }
            if (call instanceof EnvironmentCall.Approval approval) {
                return approval(approval);
            }
            return Reply.Now.given(value(call));
        } catch (EnvironmentRefusal e) {
            return Reply.Now.refused(e.getMessage());
        } catch (LeaseLost e) {
            return call instanceof EnvironmentCall.GiveBack
                    ? Reply.Now.given(null)
                    : Reply.Now.given(WorkValues.of(0, new Work.Ended(new Outcome.Lost(e.getMessage()))));
        }
    }

    private Object value(EnvironmentCall call) {
        if (call instanceof EnvironmentCall.GiveBack back) {
            book.leases().giveBack(lease(back.environment(), back.fence()));
            return null;
        }
        if (call instanceof EnvironmentCall.Submit submit) {
            return WorkValues.of(book.candidates().submit(submit.environment(), Entry.all(submit.commits())));
        }
        if (call instanceof EnvironmentCall.Look look) {
            return WorkValues.of(book.candidates()
                    .find(look.environment(), look.number())
                    .orElseThrow(() -> new EnvironmentRefusal(
                            EnvironmentRefusal.Why.UNKNOWN,
                            "there is no candidate " + look.number() + " of " + look.environment())));
        }
        if (call instanceof EnvironmentCall.Compose compose) {
            EnvironmentStatus status = book.environments().status(compose.environment());
            return book.environments()
                    .keep(status.head()
                            .manifest()
                            .with(Entry.all(compose.commits()))
                            .entries())
                    .id();
        }
        return work(call).map(b -> WorkValues.of(b.turn(), b.work())).orElse(null);
    }

    private Optional<Works.Begun> work(EnvironmentCall call) {
        if (call instanceof EnvironmentCall.Integrate begin) {
            return book.works().integrate(lease(begin.environment(), begin.fence()), PlanJson.read(begin.plan()));
        }
        if (call instanceof EnvironmentCall.Release begin) {
            return Optional.of(book.works()
                    .release(
                            lease(begin.environment(), begin.fence()),
                            new ReleaseRequest(
                                    begin.environment(), begin.manifest(), begin.rollback(), who, begin.untested()),
                            PlanJson.read(begin.plan())));
        }
        EnvironmentCall.Told told = (EnvironmentCall.Told) call;
        Lease lease = lease(told.environment(), told.fence());
        Works.Begun at = book.works()
                .current(lease)
                .orElseThrow(() -> new LeaseLost(lease.environment(), lease.holder(), lease.fence()));
        // What was told before a restart is not told twice.
        return at.turn() == told.turn()
                ? Optional.of(book.works()
                        .told(lease, told.turn(), WorkValues.results(at.work().acts(), told.results())))
                : Optional.of(at);
    }

    private Lease lease(String environment, long fence) {
        return new Lease(environment, holder, fence, Instant.MAX);
    }

    private Reply take(EnvironmentCall.Take take) {
        LeaseTurn turn = book.leases().take(take.environment(), holder);
        if (turn instanceof LeaseTurn.Granted granted) {
            return Reply.Now.given(granted.lease().fence());
        }
        LeaseTurn.Waiting waiting = (LeaseTurn.Waiting) turn;
        String has = waiting.holder() == null ? "nobody has yet" : waiting.holder() + " has";
        return new Reply.Later(
                "lease",
                "the lease of the environment " + take.environment() + ", which " + has,
                waiting.before(),
                false);
    }

    private Reply approval(EnvironmentCall.Approval asked) {
        if (!book.environments().rules(asked.environment()).approve()) {
            return Reply.Now.given(null);
        }
        if (book.environments().manifest(asked.manifest()).isEmpty()) {
            throw new EnvironmentRefusal(
                    EnvironmentRefusal.Why.UNKNOWN, "there is no manifest '" + asked.manifest() + "'");
        }
        Optional<Approval> approval = book.environments().approval(asked.environment(), asked.manifest());
        if (approval.isPresent() && approval.get().counts(clock.instant())) {
            return Reply.Now.given(approval.get().who());
        }
        String late = approval.map(a -> "; that of " + a.who() + " counted until " + a.until())
                .orElse("");
        return new Reply.Later(
                "approval",
                "somebody to approve manifest " + asked.manifest() + " for " + asked.environment()
                        + ": promise env approve " + asked.environment() + " " + asked.manifest() + late,
                null,
                true);
    }

    /** Nobody waits for the answer to that question any more. */
    public void withdraw(EnvironmentCall call) {
        if (call instanceof EnvironmentCall.Take take) {
            book.leases().withdraw(take.environment(), holder);
        }
    }

    /** The orchestration has ended: what it has, or waits for, is free. */
    public void ended() {
        book.leases().withdrawAll(holder);
    }
}
