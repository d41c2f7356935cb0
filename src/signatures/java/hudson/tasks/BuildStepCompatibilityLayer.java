package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BuildStepCompatibilityLayer implements hudson.tasks.BuildStep {
    public BuildStepCompatibilityLayer() {
        throw new UnsupportedOperationException();
    }
}
