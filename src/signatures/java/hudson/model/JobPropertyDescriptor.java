package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class JobPropertyDescriptor extends hudson.model.Descriptor<hudson.model.JobProperty<?>> {
    protected JobPropertyDescriptor() {
        throw new UnsupportedOperationException();
    }

    public boolean isApplicable(Class<? extends hudson.model.Job> jobType) {
        throw new UnsupportedOperationException();
    }
}
