package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which promises' builds are in Jenkins' queue, and under which item. */
@SuppressWarnings("try") // who acts is all that the resource is for
public final class QueuedPromises {
    private final Map<String, Long> items = new ConcurrentHashMap<>();
    private final Set<String> entering = ConcurrentHashMap.newKeySet();
    private final Set<String> withdrawing = ConcurrentHashMap.newKeySet();

    /** Learns what Jenkins' queue kept over a restart; tells whose builds that are. */
    Set<String> learn() {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            for (Queue.Item item : Queue.getInstance().getItems()) {
                promise(item).ifPresent(id -> items.put(id, item.getId()));
            }
        }
        return Set.copyOf(items.keySet());
    }

    /** The promise whose build an item is; nothing for one that is none of ours. */
    static Optional<String> promise(Queue.Item item) {
        return Optional.ofNullable(item.getAction(BuildPromiseAction.class)).map(BuildPromiseAction::getPromise);
    }

    /** The number of the item that a promise's build waits as; nothing if it does not. */
    public Optional<Long> item(String id) {
        return Optional.ofNullable(items.get(id));
    }

    /** What the queued build of a promise waits for, in Jenkins' own words; nothing if it is not queued. */
    public Optional<String> why(String id) {
        return item(id).map(Queue.getInstance()::getItem).map(Queue.Item::getWhy);
    }

    /** Takes note that a queue item is about to be made for a promise here. */
    public void enters(String id) {
        entering.add(id);
    }

    /** Takes note that the queue item was made, or will not be. */
    public void hasEntered(String id) {
        entering.remove(id);
    }

    /** Whether a queue item with that promise's action is being made here, and not copied from another build. */
    boolean entering(String id) {
        return entering.contains(id);
    }

    /** A build of ours entered the queue. */
    void entered(String id, long item) {
        items.put(id, item);
    }

    /** A build of ours left the queue. */
    void left(String id, long item) {
        items.remove(id, item);
    }

    /** Takes all builds of promises of a job out of the queue. */
    void cancelAll(Queue.Task job) {
        Queue.getInstance().getItems(job).forEach(item -> promise(item).ifPresent(this::cancel));
    }

    /** Takes a promise's build out of the queue, if it is there. */
    public void cancel(String id) {
        // An item that is moved on within the queue is another one then, and could not be cancelled.
        item(id).ifPresent(number -> Queue.withLock(() -> cancel(number)));
    }

    /** Takes a promise's build out of the queue, if it is there; the promise waits in the ledger then. */
    public void withdraw(String id) {
        withdrawing.add(id);
        try {
            cancel(id);
        } finally {
            withdrawing.remove(id);
        }
    }

    /** Whether a build is being taken out of the queue, though its promise has not ended. */
    boolean withdrawing(String id) {
        return withdrawing.contains(id);
    }

    private static void cancel(long number) {
        Queue.Item item = Queue.getInstance().getItem(number);
        if (item != null) {
            var unused = Queue.getInstance().cancel(item);
        }
    }
}
