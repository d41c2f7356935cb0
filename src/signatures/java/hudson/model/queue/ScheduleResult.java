package hudson.model.queue;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ScheduleResult {
    public hudson.model.Queue.Item getItem() {
        throw new UnsupportedOperationException();
    }

    public boolean isRefused() {
        throw new UnsupportedOperationException();
    }

    private ScheduleResult() {
        throw new UnsupportedOperationException();
    }
}
