package io.jenkins.plugins.promise.deployment;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets any number of submissions through at once, and none while something must not change under them. */
public final class AcceptanceGate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** A submission begins to be looked at; waits while the gate is closed. */
    public void enter() {
        lock.readLock().lock();
    }

    /** It was accepted or refused. */
    public void leave() {
        lock.readLock().unlock();
    }

    /** Does something while no submission is between the two. */
    public <T> T whileClosed(Task<T> task) throws IOException {
        lock.writeLock().lock();
        try {
            return task.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Something to do with what is on disk. */
    @FunctionalInterface
    public interface Task<T> {
        /** Does it. */
        T run() throws IOException;
    }
}
