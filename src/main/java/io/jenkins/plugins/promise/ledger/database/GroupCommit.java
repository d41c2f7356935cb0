package io.jenkins.plugins.promise.ledger.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Writes changes in the order in which they are asked for: those that wait while one transaction is on its way to disk
 * are committed together by the next one. If one of them fails, each is tried alone, so that it hurts no other.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(GroupCommit.class.getName());
    private static final int MOST_TOGETHER = 512;
    private static final int VALID_SECONDS = 5;

    private final Jdbi database;
    private final Consumer<Handle> fence;
    private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "promise-ledger");
    private final LongAdder transactions = new LongAdder();
    private final LongAdder changes = new LongAdder();
    /** Of that thread only; null while there is no connection. */
    private Handle handle;
    /** Of that thread only; whether the latest transaction came as far as its first change. */
    private boolean begun;

    private boolean closed;

    /**
     * Begins to write.
     *
     * @param fence called at the beginning of each transaction; throws {@link Fenced} if this controller may not write
     */
    public GroupCommit(Jdbi database, Consumer<Handle> fence) {
        this.database = database;
        this.fence = fence;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Writes a change. The result is there once it is on disk; it fails with {@link LedgerUnavailable}, {@link Fenced} or
     * what the change threw, and nothing of the change is in the ledger then.
     */
    public <T> CompletableFuture<T> write(Change<T> change) {
        Waiting<T> waiting = new Waiting<>(change);
        synchronized (this) {
            if (closed) {
                waiting.future.completeExceptionally(new LedgerUnavailable("the ledger is closed", null));
                return waiting.future;
            }
            queue.add(waiting);
        }
        return waiting.future;
    }

    /**
     * Writes a change, and waits until it is on disk. What the change threw is thrown.
     *
     * @throws UncheckedIOException of a {@link LedgerUnavailable} or {@link Fenced} if it cannot be written
     */
    public <T> T written(Change<T> change) {
        try {
            return write(change).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (e.getCause() instanceof IOException told) {
                throw new UncheckedIOException(told);
            }
            throw e;
        }
    }

    public LedgerLoad load() {
        return new LedgerLoad(changes.sum(), transactions.sum(), queue.size());
    }

    private void run() {
        List<Waiting<?>> group = new ArrayList<>();
        while (true) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                // Only who closes this ends it, by asking for the end.
                continue;
            }
            queue.drainTo(group, MOST_TOGETHER - 1);
            boolean last = group.removeIf(w -> w.change == null);
            try {
                commit(group);
            } catch (RuntimeException | Error e) {
                // Without this thread nothing would be written any more, and nobody would know.
                LOGGER.log(Level.SEVERE, "the ledger goes on after it could not even fail in good order", e);
                closeConnection();
                group.forEach(w -> w.fail(e));
            }
            if (last) {
                closeConnection();
                return;
            }
        }
    }

    private void commit(List<Waiting<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        begun = false;
        try {
            transaction(group);
        } catch (RuntimeException | Error e) {
            takeBack();
            if (group.size() == 1 || !begun) {
                // Where no transaction can begin, each alone would wait for the next time that none can.
                group.forEach(w -> w.fail(e));
            } else {
                group.forEach(w -> commit(List.of(w)));
            }
            return;
        }
        group.forEach(Waiting::complete);
    }

    private void transaction(List<Waiting<?>> group) {
        if (handle == null) {
            handle = database.open();
            handle.setStatementBuilder(new CachedStatements(handle.getConnection()));
        }
        handle.begin();
        fence.accept(handle);
        begun = true;
        for (Waiting<?> waiting : group) {
            waiting.apply(handle);
        }
        handle.commit();
        transactions.increment();
        changes.add(group.size());
    }

    /** Leaves nothing of a transaction that failed; a connection that does not even do that is given up. */
    private void takeBack() {
        if (handle == null) {
            return;
        }
        try {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
            if (handle.getConnection().isValid(VALID_SECONDS)) {
                return;
            }
        } catch (RuntimeException | SQLException | Error e) {
            LOGGER.log(Level.FINE, "the connection is given up", e);
        }
        closeConnection();
    }

    private void closeConnection() {
        try {
            if (handle != null) {
                handle.close();
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, "the connection was broken", e);
        } finally {
            handle = null;
        }
    }

    /** Writes what waits, and takes nothing more. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(new Waiting<>(null));
        }
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Waiting<T> {
        private final Change<T> change;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private T result;

        private Waiting(Change<T> change) {
            this.change = change;
        }

        private void apply(Handle handle) {
            result = change.apply(handle);
        }

        private void complete() {
            future.complete(result);
        }

        private void fail(Throwable problem) {
            future.completeExceptionally(
                    problem instanceof JdbiException
                            ? new LedgerUnavailable("the ledger cannot be written: " + told(problem), problem)
                            : problem);
        }

        private static String told(Throwable problem) {
            Throwable root = problem;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }
    }
}
