package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at the branches of components: all of them when it starts, so that a push that was told to a controller which died is
 * not lost; one when a push is told, and again, less and less often, as long as it cannot be reached; and all again after each
 * interval, if one is set.
 */
public final class ComponentWatch implements PromiseListener, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ComponentWatch.class.getName());
    private static final List<Duration> AGAIN = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15));

    private final Watcher watcher;
    private final UnaryOperator<Runnable> as;
    private final Set<Branch> queued = new HashSet<>();
    private final Map<Branch, Integer> failures = new HashMap<>();
    private final RepositoryLanes lanes = new RepositoryLanes();
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
        if (interval == null) {
            lookAtAll();
        } else {
            var unused = thread.scheduleWithFixedDelay(
                    () -> safely(this::all), 0, Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks at all branches soon. */
    void lookAtAll() {
        later(Duration.ZERO, this::all);
    }

    private void all() throws IOException {
        watcher.branches().forEach(this::look);
        watcher.left().forEach(clone -> in(clone.toString(), () -> watcher.drop(clone)));
    }

    /** Looks at a branch soon; once, however often that is asked until then. */
    void look(Branch branch) {
        synchronized (queued) {
            if (!queued.add(branch)) {
                return;
            }
        }
        in(branch.repository(), () -> {
            synchronized (queued) {
                queued.remove(branch);
            }
            boolean again = true;
            try {
                Looked looked = watcher.look(branch);
                LOGGER.log(Level.INFO, "{0}: {1}", new Object[] {branch, looked.told()});
                again = looked.again();
            } finally {
                looked(branch, again);
            }
        });
    }

    /** What cannot be looked at now is looked at again later: nobody tells of a push twice. */
    private void looked(Branch branch, boolean again) {
        int before;
        synchronized (queued) {
            before = failures.getOrDefault(branch, 0);
            if (again) {
                failures.put(branch, before + 1);
            } else {
                failures.remove(branch);
            }
        }
        if (again) {
            later(AGAIN.get(Math.min(before, AGAIN.size() - 1)), () -> {
                if (watcher.branches().contains(branch)) {
                    look(branch);
                }
            });
        }
    }

    @Override
    public void changed(Promise promise) {
        if (promise.state().settled() && promise.parent() == null && PassedCommits.names(promise)) {
            later(Duration.ZERO, () -> watcher.of(promise)
                    .forEach(c -> in(c.repository(), () -> watcher.settled(c, promise))));
        }
    }

    /** Something that is about to be done. */
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void in(String repository, Task task) {
        lanes.execute(repository, () -> safely(task));
    }

    private void later(Duration delay, Task task) {
        try {
            var unused = thread.schedule(() -> safely(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start looks at all branches", e);
        }
    }

    private void safely(Task task) {
        try {
            as.apply(() -> run(task)).run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "components cannot be watched just now", e);
        }
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "components cannot be watched just now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        lanes.close();
    }
}
