package io.jenkins.plugins.promise.local;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Workers that wait for one of this machine's executors, first come, first served. */
final class LocalQueue implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LocalQueue.class.getName());

    private static final long LOOKS_EVERY_MILLIS = 100;

    private final int executors;
    private final ExecutorService threads;
    private final Map<String, Runnable> waiting = new LinkedHashMap<>();
    private int running;
    private boolean stopped;
    private boolean held;

    /** A queue that is empty. */
    LocalQueue(int executors) {
        this.executors = executors;
        this.threads = Executors.newFixedThreadPool(executors, task -> {
            Thread thread = new Thread(task, "promise-executor");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How many workers run at once. */
    int executors() {
        return executors;
    }

    /** Queues a worker; {@code run} is called on an executor and holds it until it returns. */
    synchronized void add(String id, Runnable run) {
        waiting.put(id, run);
        try {
            threads.execute(this::runNext);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start queues it again", e);
        }
    }

    private void runNext() {
        Runnable next;
        synchronized (this) {
            Iterator<Runnable> first = waiting.values().iterator();
            if (stopped || held || !first.hasNext()) {
                return;
            }
            next = first.next();
            first.remove();
            running++;
        }
        try {
            next.run();
        } finally {
            synchronized (this) {
                running--;
                notifyAll();
            }
        }
    }

    /**
     * Starts nothing for now, and waits until nothing runs.
     *
     * @param millis for how long
     * @param unless whether that is no longer wanted
     */
    synchronized void hold(long millis, BooleanSupplier unless) throws InterruptedException {
        held = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (running > 0 && System.nanoTime() < end && !unless.getAsBoolean()) {
            wait(LOOKS_EVERY_MILLIS);
        }
    }

    /** Starts again what waits. */
    synchronized void goOn() {
        held = false;
        for (int i = 0; i < waiting.size(); i++) {
            threads.execute(this::runNext);
        }
    }

    /** How many workers run now. */
    synchronized int running() {
        return running;
    }

    /** How many workers wait now. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Takes an item out of the queue; tells whether it was in it. */
    synchronized boolean remove(String id) {
        return waiting.remove(id) != null;
    }

    /** Whether an item waits. */
    synchronized boolean queued(String id) {
        return waiting.containsKey(id);
    }

    /** Starts nothing more. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
        }
        threads.shutdown();
    }

    /** Waits for the workers that run, but not longer than that. */
    void awaitRunning(long millis) throws InterruptedException {
        if (!threads.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
            LOGGER.log(Level.FINE, "some workers still run");
        }
    }
}
