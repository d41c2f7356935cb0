package hudson.model.queue;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class QueueTaskDispatcher {
    public QueueTaskDispatcher() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.queue.CauseOfBlockage canRun(hudson.model.Queue.Item item) {
        throw new UnsupportedOperationException();
    }
}
