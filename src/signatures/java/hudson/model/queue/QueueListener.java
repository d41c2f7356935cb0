package hudson.model.queue;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class QueueListener {
    public QueueListener() {
        throw new UnsupportedOperationException();
    }

    public void onEnterWaiting(hudson.model.Queue.WaitingItem wi) {
        throw new UnsupportedOperationException();
    }

    public void onLeft(hudson.model.Queue.LeftItem li) {
        throw new UnsupportedOperationException();
    }
}
