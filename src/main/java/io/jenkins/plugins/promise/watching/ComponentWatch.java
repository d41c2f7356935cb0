package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at the branches of components on a thread of its own: all of them when it starts, so that a push that was told to a
 * controller which died is not lost; one when a push is told; and all again after each interval, if one is set.
 */
public final class ComponentWatch implements PromiseListener, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ComponentWatch.class.getName());

    private static final long MOST_SECONDS_TO_END = 5;

    private final Watcher watcher;
    private final UnaryOperator<Runnable> as;
    private final Set<Branch> queued = new HashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "promise-watch");
        made.setDaemon(true);
        return made;
    });

    /**
     * A watch that has not begun.
     *
     * @param as has something done as whom the host wants for it
     */
    public ComponentWatch(Watcher watcher, UnaryOperator<Runnable> as) {
        this.watcher = watcher;
        this.as = as;
    }

    /**
     * Begins.
     *
     * @param interval how often all branches are looked at; null if only pushes are told
     */
    public void begin(Duration interval) {
        later(watcher::catchUp);
        if (interval == null) {
            lookAtAll();
        } else {
            var unused = thread.scheduleWithFixedDelay(
                    () -> safely(this::all), 0, Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks at all branches soon. */
    void lookAtAll() {
        later(this::all);
    }

    private void all() {
        watcher.branches().forEach(this::look);
    }

    /** Looks at a branch soon; once, however often that is asked until then. */
    void look(Branch branch) {
        synchronized (queued) {
            if (!queued.add(branch)) {
                return;
            }
        }
        later(() -> {
            synchronized (queued) {
                queued.remove(branch);
            }
            try {
                LOGGER.log(Level.INFO, "{0}: {1}", new Object[] {branch, watcher.look(branch)});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void changed(Promise promise) {
        if (promise.state().settled() && promise.parent() == null) {
            later(() -> watcher.settled(promise));
        }
    }

    private void later(Runnable task) {
        try {
            thread.execute(() -> safely(task));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start looks at all branches", e);
        }
    }

    private void safely(Runnable task) {
        try {
            as.apply(task).run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "components cannot be watched just now", e);
        }
    }

    /** Ends, and waits a moment for the end of what is being done, which must not meet what comes after. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            var unused = thread.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
