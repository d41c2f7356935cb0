package io.jenkins.plugins.promise.watching;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does what is about one repository one after another, and for several at once: one that hangs holds up itself only. */
final class RepositoryLanes implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(RepositoryLanes.class.getName());
    /** Each is a process of git's that mostly waits. */
    private static final int AT_ONCE = 16;

    private static final long IDLE_SECONDS = 60;
    private static final long MOST_SECONDS_TO_END = 5;

    private final Map<String, Executor> lanes = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread made = new Thread(task, "promise-watch-repository");
                made.setDaemon(true);
                return made;
            });

    RepositoryLanes() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Does something about a repository when what was asked of it before is done; nothing once this is closed. */
    void execute(String repository, Runnable task) {
        try {
            lanes.computeIfAbsent(repository, r -> MoreExecutors.newSequentialExecutor(threads))
                    .execute(() -> {
                        if (!threads.isShutdown()) {
                            task.run();
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start looks at all branches", e);
        }
    }

    /** Ends, and waits a moment for the end of what is being done, which must not meet what comes after. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            var unused = threads.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
