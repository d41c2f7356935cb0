package io.jenkins.plugins.promise.local.orchestration;

import io.jenkins.plugins.promise.engine.Slice;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The few threads that all programs share. They are watched: a script that comes to no step for too long is ended, and one
 * that cannot be ended loses its promise and is left alone with its thread, in whose place there is another.
 */
public final class ProgramThreads implements Executor, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ProgramThreads.class.getName());
    private static final int WIDTH = 4;
    /** How often the scripts are looked at, and how long one has to end that was told to. */
    private static final Duration LOOK = Duration.ofMillis(250);
    /** So often a script is told to end before it is given up. */
    private static final int MOST_TOLD = 2;

    private final Duration limit;
    private final Set<ProgramLane> busy = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            WIDTH, WIDTH, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ProgramThreads::thread);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, ProgramThreads::thread);
    private int abandoned;

    /**
     * Threads that have nothing to do.
     *
     * @param limit how long a script may run without coming to a step
     */
    public ProgramThreads(Duration limit) {
        this.limit = limit;
        var unused = timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "promise-programs");
        thread.setDaemon(true);
        return thread;
    }

    /** Does something on one of the threads; nothing once the controller stops. */
    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
        }
    }

    /** Does something in a lane later. */
    void later(ProgramLane lane, Runnable task, long millis) {
        try {
            var unused = timer.schedule(() -> lane.execute(task), Math.max(0, millis), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start goes on from the ledger", e);
        }
    }

    /** Watches a lane that has begun to use a thread. */
    void begun(ProgramLane lane) {
        busy.add(lane);
    }

    /** The lane gives its thread back. */
    synchronized void ended(ProgramLane lane) {
        if (!busy.remove(lane)) {
            abandoned--;
            pool.setCorePoolSize(WIDTH + abandoned);
            pool.setMaximumPoolSize(WIDTH + abandoned);
        }
    }

    private void look() {
        for (ProgramLane lane : busy) {
            try {
                look(lane);
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.SEVERE, "the script of " + lane.promise() + " could not be ended", e);
            }
        }
    }

    private void look(ProgramLane lane) {
        Slice slice = lane.slice();
        if (slice == null || slice.over()) {
            return;
        }
        if (lane.closed()) {
            if (lane.tell() > MOST_TOLD) {
                abandon(lane);
            }
            slice.interrupt();
        } else if (slice.age().compareTo(limit) > 0) {
            String why = "the script ran for " + limit.toSeconds() + " s without coming to a step";
            if (slice.overrun(why) > MOST_TOLD) {
                lane.giveUp(slice.place() + ": " + why);
            }
        }
    }

    private synchronized void abandon(ProgramLane lane) {
        if (busy.remove(lane)) {
            abandoned++;
            pool.setMaximumPoolSize(WIDTH + abandoned);
            pool.setCorePoolSize(WIDTH + abandoned);
            LOGGER.log(
                    Level.WARNING, "the script of {0} does not end; it is left alone with its thread", lane.promise());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
    }
}
