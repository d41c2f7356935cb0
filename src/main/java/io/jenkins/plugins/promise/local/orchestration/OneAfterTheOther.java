package io.jenkins.plugins.promise.local.orchestration;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Starts of orchestrations in whose scripts a controller has ended. Each waits until the script before it has come to a
 * step, so that the one that ends its controller is found alone, and none that only ran beside it is blamed with it.
 */
final class OneAfterTheOther {
    private final Queue<Start> waiting = new ArrayDeque<>();
    private String first;

    /** Starts it now, or when those before it are done. */
    void add(String promise, Runnable start) {
        synchronized (this) {
            if (first != null) {
                waiting.add(new Start(promise, start));
                return;
            }
            first = promise;
        }
        start.run();
    }

    /** Its script has come to a step, or it is over. */
    void done(String promise) {
        Start next;
        synchronized (this) {
            if (!promise.equals(first)) {
                waiting.removeIf(s -> s.promise.equals(promise));
                return;
            }
            next = waiting.poll();
            first = next == null ? null : next.promise;
        }
        if (next != null) {
            next.run.run();
        }
    }

    private record Start(String promise, Runnable run) {}
}
