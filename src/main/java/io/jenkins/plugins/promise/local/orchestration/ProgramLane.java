package io.jenkins.plugins.promise.local.orchestration;

import com.google.common.util.concurrent.MoreExecutors;
import io.jenkins.plugins.promise.acceptance.environment.InOrder;
import io.jenkins.plugins.promise.engine.Slice;
import io.jenkins.plugins.promise.report.Outcome;
import java.util.concurrent.Executor;

/** What is done for one orchestration, one thing after the other, on at most one of the program threads. */
final class ProgramLane implements InOrder {
    private final String promise;
    private final ProgramThreads threads;
    private final RunGuard guard;
    private final Executor inOrder;
    private volatile Slice slice;
    private volatile boolean closed;
    private int told;

    ProgramLane(String promise, ProgramThreads threads, RunGuard guard) {
        this.promise = promise;
        this.threads = threads;
        this.guard = guard;
        this.inOrder = MoreExecutors.newSequentialExecutor(threads);
    }

    String promise() {
        return promise;
    }

    /** Does something after what came before; whatever it throws settles the promise. */
    @Override
    public void execute(Runnable task) {
        inOrder.execute(() -> {
            threads.begun(this);
            try {
                guard.run(promise, task);
            } finally {
                threads.ended(this);
            }
        });
    }

    /** Does something in a while, as {@link #execute} does. */
    @Override
    public void later(Runnable task, long millis) {
        threads.later(this, task, millis);
    }

    /** The script has begun to run. */
    void running(Slice begun) {
        slice = begun;
    }

    /** What the script did last; null before it began. */
    Slice slice() {
        return slice;
    }

    /** The promise is settled: a script that still runs is to end. */
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /** Counts how often the script was told to end since; only {@link ProgramThreads} calls it. */
    int tell() {
        return ++told;
    }

    /** Settles the promise of a script that does not end. */
    void giveUp(String why) {
        guard.settle(promise, Outcome.failure(why));
    }
}
