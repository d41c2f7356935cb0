package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AsyncPeriodicWork extends hudson.model.PeriodicWork {
    protected AsyncPeriodicWork(String name) {
        throw new UnsupportedOperationException();
    }

    protected abstract void execute(hudson.model.TaskListener listener)
            throws java.io.IOException, InterruptedException;
}
