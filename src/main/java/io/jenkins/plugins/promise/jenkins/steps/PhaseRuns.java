package io.jenkins.plugins.promise.jenkins.steps;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.acceptance.phase.PhaseRun;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The phases that wait for their workers. They are told on threads of their own: a promise may be settled by a thread that
 * holds Jenkins' queue, and a phase that goes on wants the queue itself.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class PhaseRuns implements PromiseListener {
    private static final Logger LOGGER = Logger.getLogger(PhaseRuns.class.getName());

    private static final int THREADS = 4;

    private final ExecutorService executor;
    /** In the order of their keys, so that those of one orchestration stand together. */
    private final ConcurrentNavigableMap<String, PhaseRun> runs = new ConcurrentSkipListMap<>();

    public PhaseRuns() {
        executor = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "promise-phases");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static String key(String orchestration, Object phase) {
        return orchestration + "/" + phase;
    }

    void add(String orchestration, int phase, PhaseRun run) {
        runs.put(key(orchestration, phase), run);
    }

    void remove(String orchestration, int phase) {
        runs.remove(key(orchestration, phase));
    }

    /** Whether a phase of an orchestration waits for its workers. */
    public boolean waits(String orchestration) {
        String beginning = key(orchestration, "");
        String first = runs.ceilingKey(beginning);
        return first != null && first.startsWith(beginning);
    }

    /** Does something of a phase, off the caller's thread. */
    void execute(Runnable task) {
        try {
            executor.execute(() -> {
                // All that a phase was allowed was asked when it was declared; what it finds again must not depend on
                // that.
                try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
                    task.run();
                } catch (RuntimeException e) {
                    LOGGER.log(Level.SEVERE, "a phase failed to go on", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
        }
    }

    @Override
    public void changed(Promise promise) {
        if (promise.state().settled() && promise.parent() != null) {
            PhaseRun run =
                    runs.get(key(promise.parent().promise(), promise.parent().phase()));
            if (run != null) {
                execute(() -> run.settled(promise));
            }
        }
    }

    public void close() {
        executor.shutdownNow();
    }
}
