package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.ledger.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The queue: workers wait for one of a number of executors, first come first served. Orchestrations hold no executor;
 * how many may be under way at once is bounded only for the sake of memory, and one that another waits for never waits.
 */
final class LocalQueue implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LocalQueue.class.getName());
    private static final int NUMBERS_RESERVED = 1_000;
    private static final int ITEMS_REMEMBERED = 20_000;

    private final Path numberFile;
    private final int orchestrationsAtOnce;
    private final ExecutorService executors;
    private final Deque<Waiting> workers = new ArrayDeque<>();
    private final Deque<Waiting> orchestrations = new ArrayDeque<>();
    private final Set<String> orchestrating = new HashSet<>();
    private final Set<String> queued = new HashSet<>();
    private final Map<Long, String> items = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > ITEMS_REMEMBERED;
        }
    };
    private long nextNumber;
    private long reservedTo;
    private boolean stopped;

    /**
     * A queue that is empty.
     *
     * @param numberFile where the highest number reserved is kept, so that numbers are not used again after a restart
     */
    LocalQueue(Path numberFile, int executors, int orchestrationsAtOnce) throws IOException {
        this.numberFile = numberFile;
        this.orchestrationsAtOnce = orchestrationsAtOnce;
        this.executors = Executors.newFixedThreadPool(executors, task -> {
            Thread thread = new Thread(task, "promise-executor");
            thread.setDaemon(true);
            return thread;
        });
        if (Files.exists(numberFile)) {
            nextNumber = Long.parseLong(Files.readString(numberFile).trim());
            reservedTo = nextNumber;
        }
    }

    /** A number that no item had before. */
    synchronized long number() {
        if (nextNumber >= reservedTo) {
            reservedTo += NUMBERS_RESERVED;
            try {
                DurableFiles.write(numberFile, Long.toString(reservedTo).getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                reservedTo -= NUMBERS_RESERVED;
                throw new UncheckedIOException("a queue number cannot be reserved on disk", e);
            }
        }
        return ++nextNumber;
    }

    /** Queues a worker; {@code run} is called on an executor and holds it until it returns. */
    synchronized void worker(String id, Long number, Runnable run) {
        remember(id, number);
        workers.add(new Waiting(id, run));
        queued.add(id);
        try {
            executors.execute(this::runNextWorker);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "stopped; the next start queues it again", e);
        }
    }

    /**
     * Queues an orchestration; {@code run} must return soon, and {@link #orchestrationEnded} be called at its end.
     *
     * @param called whether another orchestration waits for it
     */
    void orchestration(String id, Long number, boolean called, Runnable run) {
        synchronized (this) {
            remember(id, number);
            if (!called && orchestrating.size() >= orchestrationsAtOnce) {
                orchestrations.add(new Waiting(id, run));
                queued.add(id);
                return;
            }
            if (!called) {
                orchestrating.add(id);
            }
        }
        run.run();
    }

    /** Lets the next orchestration in. */
    void orchestrationEnded(String id) {
        Waiting next;
        synchronized (this) {
            if (!orchestrating.remove(id) || stopped) {
                return;
            }
            next = orchestrations.poll();
            if (next == null) {
                return;
            }
            queued.remove(next.id());
            orchestrating.add(next.id());
        }
        next.run().run();
    }

    private void runNextWorker() {
        Waiting next;
        synchronized (this) {
            next = stopped ? null : workers.poll();
            if (next == null) {
                return;
            }
            queued.remove(next.id());
        }
        try {
            next.run().run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "the run of " + next.id() + " failed", e);
        }
    }

    /** Takes an item out of the queue; whether it was in it. */
    synchronized boolean remove(String id) {
        if (!queued.remove(id)) {
            return false;
        }
        workers.removeIf(w -> w.id().equals(id));
        orchestrations.removeIf(w -> w.id().equals(id));
        return true;
    }

    /** Whether an item waits. */
    synchronized boolean queued(String id) {
        return queued.contains(id);
    }

    /** How many items wait. */
    synchronized int length() {
        return queued.size();
    }

    /** The promise of an item, of those remembered. */
    synchronized Optional<String> item(long number) {
        return Optional.ofNullable(items.get(number));
    }

    private void remember(String id, Long number) {
        if (number != null) {
            items.put(number, id);
        }
    }

    /** Starts nothing more. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
        }
        executors.shutdown();
    }

    /** Waits for the workers that run, but not longer than that. */
    void awaitRunning(long millis) throws InterruptedException {
        if (!executors.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
            LOGGER.log(Level.FINE, "some workers still run");
        }
    }

    private record Waiting(String id, Runnable run) {}
}
