package io.jenkins.plugins.promise.jenkins.steps.environment;

import com.google.common.util.concurrent.MoreExecutors;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentWaits;
import io.jenkins.plugins.promise.acceptance.environment.InOrder;
import io.jenkins.plugins.promise.acceptance.environment.LeaseKeeper;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.steps.EnvironmentSteps;
import io.jenkins.plugins.promise.jenkins.steps.StepPlace;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the builds of orchestrations ask environments. Nothing of it is done on Pipeline's threads, and none is held while
 * something is waited for.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class JenkinsEnvironments implements PromiseListener, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(JenkinsEnvironments.class.getName());
    private static final int THREADS = 2;

    private final Book book;
    private final Promises promises;
    private final Clock clock;
    private final LeaseKeeper keeper;
    private final Map<String, BuildQuestions> asking = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "promise-environments");
        thread.setDaemon(true);
        return thread;
    });

    /** Nobody asks anything yet. */
    public JenkinsEnvironments(Book book, Promises promises, Clock clock) {
        this.book = book;
        this.promises = promises;
        this.clock = clock;
        this.keeper = new LeaseKeeper(book.leases());
    }

    /** Keeps the leases of those that ask. */
    public void begin() {
        keeper.begin(asking::containsKey);
    }

    /** Answers when there is an answer. */
    void ask(StepPlace place, EnvironmentCall call, Consumer<String> log, Asker asker) {
        of(place).ask(place.number(), call, log, asker);
    }

    /** Nobody waits for that answer any more. */
    void withdraw(StepPlace place, EnvironmentCall call) {
        of(place).withdraw(place.number(), call);
    }

    /** What a build has it keeps: it goes on after a restart. */
    void goesOn(StepPlace place) {
        of(place).then(EnvironmentWaits::restored);
    }

    private BuildQuestions of(StepPlace place) {
        return asking.compute(place.promise(), (promise, before) -> {
            if (before != null && before.of(place.build())) {
                return before;
            }
            if (before != null) {
                // Its build was lost, and runs again: what the lost one had is nobody's.
                before.end();
            }
            InOrder lane = before == null ? new Lane() : before.lane();
            return new BuildQuestions(place.build(), lane, () -> open(promise, lane));
        });
    }

    private Optional<EnvironmentWaits> open(String id, InOrder lane) {
        Optional<Promise> open = find(id);
        if (open.isEmpty()) {
            asking.remove(id);
        }
        return open.map(promise -> {
            EnvironmentSteps steps =
                    new EnvironmentSteps(book, clock, id, promise.submitter().told());
            return new EnvironmentWaits(steps, lane, this::look);
        });
    }

    private Optional<Promise> find(String id) {
        try {
            return Optional.of(promises.find(id)).filter(p -> !p.state().settled());
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    /** Something may have changed in an environment that some wait for. */
    private void look() {
        asking.values().forEach(BuildQuestions::look);
    }

    /** What a promise's build waits for of an environment; nothing if it does not. */
    public Optional<WaitsFor> waitsFor(Promise promise) {
        return Optional.ofNullable(asking.get(promise.id())).flatMap(BuildQuestions::waitsFor);
    }

    @Override
    public void changed(Promise promise) {
        if (promise.state().settled()) {
            BuildQuestions gone = asking.remove(promise.id());
            if (gone != null) {
                gone.end();
            }
        }
    }

    private void execute(Runnable task) {
        try {
            threads.execute(() -> {
                // What a build may do was asked when its step began; who is told of the answer must not depend on that.
                try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
                    task.run();
                } catch (RuntimeException e) {
                    LOGGER.log(Level.SEVERE, "a step about an environment failed to go on", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
        }
    }

    /** Asks nothing more; whoever waits asks again after the next start. */
    @Override
    public void close() {
        keeper.close();
        threads.shutdownNow();
    }

    /** Does what one promise's builds ask in order. */
    private final class Lane implements InOrder {
        private final Executor inOrder = MoreExecutors.newSequentialExecutor(JenkinsEnvironments.this::execute);

        @Override
        public void execute(Runnable task) {
            inOrder.execute(task);
        }

        @Override
        public void later(Runnable task, long millis) {
            try {
                var unused = threads.schedule(() -> execute(task), millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
            }
        }
    }
}
