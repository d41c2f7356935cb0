package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.acceptance.HostQueued;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Builds of promises that Jenkins' queue has kept over a restart. A crash may have come after Jenkins wrote its queue and
 * before the ledger had the promise, or had it as settled.
 */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class KeptItems {
    private final HostQueued hostQueued;
    private final QueuedPromises items;
    private final Runnable pass;
    private Set<String> kept = Set.of();

    /** Those of a queue, which is asked for a pass when they may start. */
    KeptItems(HostQueued hostQueued, QueuedPromises items, Runnable pass) {
        this.hostQueued = hostQueued;
        this.items = items;
        this.pass = pass;
    }

    void holdBack() {
        kept = items.learn();
        hostQueued.holdBack(kept);
    }

    /**
     * Lets those start whose promises are open, writes the promises that are not in the ledger, and takes out of the queue
     * what is not to be built any more.
     *
     * @throws UncheckedIOException if the ledger cannot be read; then this is to be done again
     */
    public void lookUp() {
        for (String promise : kept) {
            items.item(promise).ifPresent(number -> lookUp(promise, number));
        }
        pass.run();
    }

    private void lookUp(String promise, long number) {
        Queue.Item item = Queue.getInstance().getItem(number);
        if (item != null && item.task instanceof Job<?, ?> job && !stillToBeDone(promise, item, job)) {
            items.cancel(promise);
        }
    }

    private boolean stillToBeDone(String promise, Queue.Item item, Job<?, ?> job) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return hostQueued.kept(promise, new AskedBuild(job, item.getAllActions()).submission());
        }
    }
}
