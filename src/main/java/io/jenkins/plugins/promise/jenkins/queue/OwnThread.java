package io.jenkins.plugins.promise.jenkins.queue;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** One daemon thread of the plugin's own, so that what it does is waited for by nothing that Jenkins needs. */
final class OwnThread extends ScheduledThreadPoolExecutor {
    /** A thread of that name, which does what is due later not at all once it was shut down. */
    OwnThread(String name) {
        super(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }
}
