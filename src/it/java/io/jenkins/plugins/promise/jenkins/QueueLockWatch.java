package io.jenkins.plugins.promise.jenkins;

import hudson.model.Queue;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long Jenkins' queue is locked. One thread asks for the lock again and again; while it waits, another one looks who
 * has it: the plugin, if a frame of ours is on the owner's stack, or Jenkins alone. Two holdings of one thread with
 * nothing between them count as one, so that what is told is too much rather than too little.
 */
final class QueueLockWatch implements AutoCloseable {
    private static final String OURS = "io.jenkins.plugins.promise.";
    private static final int FRAMES = 200;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Thread asking = new Thread(this::ask, "queue-lock-asks");
    private final Thread looking = new Thread(this::look, "queue-lock-looks");
    private volatile boolean done;
    private volatile Duration longest = Duration.ZERO;
    private volatile Duration longestOurs = Duration.ZERO;
    private volatile String whereOurs = "";

    QueueLockWatch() {
        asking.setDaemon(true);
        looking.setDaemon(true);
        asking.start();
        looking.start();
    }

    private void ask() {
        while (!done) {
            long begun = System.nanoTime();
            Queue.withLock(() -> {});
            longest = longer(longest, System.nanoTime() - begun);
            pause(10);
        }
    }

    private void look() {
        long owner = -1;
        long since = 0;
        while (!done) {
            ThreadInfo waiting = threads.getThreadInfo(asking.getId());
            long now = waiting == null ? -1 : waiting.getLockOwnerId();
            String ours = now < 0 ? null : ours(threads.getThreadInfo(now, FRAMES));
            if (ours == null) {
                owner = -1;
            } else if (now != owner) {
                owner = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > longestOurs.toNanos()) {
                longestOurs = Duration.ofNanos(System.nanoTime() - since);
                whereOurs = ours;
            }
            pause(1);
        }
    }

    /** The topmost frame of the plugin; null without any. */
    private static String ours(ThreadInfo owner) {
        // It may have let the lock go since.
        return owner == null || !frames(owner).anyMatch(f -> f.getClassName().equals(Queue.class.getName()))
                ? null
                : frames(owner)
                        .filter(f -> f.getClassName().startsWith(OURS))
                        // What is on its stack is a pass of Jenkins' own, which it only has made.
                        .filter(f -> !f.getClassName().contains(".QueuePasses"))
                        // Who asks Jenkins to clear its queue has it locked, and is no part of the plugin.
                        .filter(f -> !f.getClassName().endsWith("Benchmark"))
                        .map(f -> owner.getThreadName() + " at " + f)
                        .findFirst()
                        .orElse(null);
    }

    private static Stream<StackTraceElement> frames(ThreadInfo thread) {
        return Arrays.stream(thread.getStackTrace());
    }

    private static Duration longer(Duration one, long nanos) {
        return one.toNanos() >= nanos ? one : Duration.ofNanos(nanos);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The longest that anybody had to wait for the lock, whoever had it. */
    Duration longest() {
        return longest;
    }

    /** The longest that the plugin had it. */
    Duration longestOurs() {
        return longestOurs;
    }

    @Override
    public String toString() {
        return "the longest wait for the queue's lock was " + longest.toMillis() + " ms; the plugin had it for at most "
                + longestOurs.toMillis() + " ms" + (whereOurs.isEmpty() ? "" : " (" + whereOurs + ")");
    }

    @Override
    public void close() {
        done = true;
    }
}
