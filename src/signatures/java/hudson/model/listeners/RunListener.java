package hudson.model.listeners;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class RunListener<R extends hudson.model.Run> {
    protected RunListener() {
        throw new UnsupportedOperationException();
    }

    public void onCompleted(R r, hudson.model.TaskListener listener) {
        throw new UnsupportedOperationException();
    }

    public void onDeleted(R r) {
        throw new UnsupportedOperationException();
    }

    public void onFinalized(R r) {
        throw new UnsupportedOperationException();
    }

    public void onStarted(R r, hudson.model.TaskListener listener) {
        throw new UnsupportedOperationException();
    }
}
