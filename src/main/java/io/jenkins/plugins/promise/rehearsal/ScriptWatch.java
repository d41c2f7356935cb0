package io.jenkins.plugins.promise.rehearsal;

import io.jenkins.plugins.promise.engine.Slice;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Ends a script that goes on and on without waiting for anything: nobody else is there who would. */
final class ScriptWatch implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Duration limit;
    private long begun = System.nanoTime();
    private Slice running;
    private boolean closed;

    /** A watch that is running. */
    ScriptWatch(Duration limit) {
        this.limit = limit;
        after(limit);
    }

    private void after(Duration time) {
        Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(this::look);
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        // A script that still comes to statements is ended there, where its line is known.
        Duration left = limit.plus(AGAIN).minus(age());
        if (left.isNegative() && running != null) {
            running.overrun(told());
        }
        after(left.isNegative() ? AGAIN : left.plusMillis(1));
    }

    /** What the script waited for has come. */
    synchronized void goesOn() {
        begun = System.nanoTime();
    }

    /** The script runs. */
    synchronized void running(Slice slice) {
        running = slice;
    }

    /** Whether it has been going on for too long. */
    synchronized boolean overran() {
        return age().compareTo(limit) > 0;
    }

    /** What is told then. */
    String told() {
        return "the script ran for " + limit.toMillis() / 1000.0 + " s without waiting for a worker or a time;"
                + " if it is not an endless loop, give it longer with --script-limit";
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public synchronized void close() {
        closed = true;
        running = null;
    }
}
