package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Recorder extends hudson.tasks.Publisher {
    protected Recorder() {
        throw new UnsupportedOperationException();
    }

    public hudson.tasks.BuildStepDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
