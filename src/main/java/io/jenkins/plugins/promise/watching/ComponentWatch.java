package io.jenkins.plugins.promise.watching;

import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.watching.component.Branch;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    /** Those that are looked at again later: once, however often they cannot be until then. */
    private final Set<Branch> again = new HashSet<>();

    private final RepositoryLanes lanes = new RepositoryLanes();
    private final ScheduledExecutorService thread;

    /**
     * A watch that has not begun.
     *
     * @param as has something done as whom the host wants for it
     */
    public ComponentWatch(Watcher watcher, UnaryOperator<Runnable> as) {
        this(watcher, as, Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "promise-watch");
            made.setDaemon(true);
            return made;
        }));
    }

    /** One that does on that thread what is done later; it ends it. */
    ComponentWatch(Watcher watcher, UnaryOperator<Runnable> as, ScheduledExecutorService thread) {
        this.watcher = watcher;
        this.as = as;
        this.thread = thread;
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
                    () -> {
                        var unusedHere = safely(this::all);
                    },
                    0,
                    Math.max(1, interval.toMillis()),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Looks at all branches soon. */
    void lookAtAll() {
        later(Duration.ZERO, this::all);
    }

    private void all() throws IOException {
        List<Branch> branches = watcher.branches();
        synchronized (queued) {
            failures.keySet().retainAll(branches);
        }
        branches.forEach(this::look);
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
            boolean failed = true;
            try {
                Looked looked = watcher.look(branch);
                LOGGER.log(Level.INFO, "{0}: {1}", new Object[] {branch, looked.told()});
                failed = looked.again();
            } finally {
                looked(branch, failed);
            }
        });
    }

    /** What cannot be looked at now is looked at again later: nobody tells of a push twice. */
    private void looked(Branch branch, boolean failed) {
        int before;
        synchronized (queued) {
            if (!failed) {
                failures.remove(branch);
                return;
            }
            if (!again.add(branch)) {
                return;
            }
            before = failures.merge(branch, 1, Integer::sum) - 1;
        }
        later(after(before), () -> {
            boolean watched = watcher.branches().contains(branch);
            synchronized (queued) {
                again.remove(branch);
                if (!watched) {
                    failures.remove(branch);
                }
            }
            if (watched) {
                look(branch);
            }
        });
    }

    private static Duration after(int failures) {
        return AGAIN.get(Math.min(failures, AGAIN.size() - 1));
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
        lanes.execute(repository, () -> {
            var unused = safely(task);
        });
    }

    /** Does something later; again, less and less often, as long as the ledger or the disk fails. */
    private void later(Duration delay, Task task) {
        later(delay, task, 0);
    }

    private void later(Duration delay, Task task, int failed) {
        try {
            var unused = thread.schedule(
                    () -> {
                        if (!safely(task)) {
                            later(after(failed), task, failed + 1);
                        }
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start looks at all branches", e);
        }
    }

    /** Whether it could be done, or is to be done no more. */
    private boolean safely(Task task) {
        try {
            as.apply(() -> run(task)).run();
            return true;
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "components cannot be watched just now", e);
            return false;
        }
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
