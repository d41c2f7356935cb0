package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractProject<
                P extends hudson.model.AbstractProject<P, R>, R extends hudson.model.AbstractBuild<P, R>>
        extends hudson.model.Job<P, R>
        implements hudson.model.BuildableItem, jenkins.model.ParameterizedJobMixIn.ParameterizedJob<P, R> {
    protected AbstractProject(hudson.model.ItemGroup parent, String name) {
        super(null, null);
        throw new UnsupportedOperationException();
    }

    public void addProperty(hudson.model.JobProperty<? super P> jobProp) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    protected abstract Class<R> getBuildClass();

    public boolean isBuildable() {
        throw new UnsupportedOperationException();
    }

    public void onCreatedFromScratch() {
        throw new UnsupportedOperationException();
    }

    public String getAssignedLabelString() {
        throw new UnsupportedOperationException();
    }

    public void setAssignedLabel(hudson.model.Label l) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public void setConcurrentBuild(boolean b) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public abstract static class AbstractProjectDescriptor extends hudson.model.TopLevelItemDescriptor {
        public AbstractProjectDescriptor() {
            super(null);
            throw new UnsupportedOperationException();
        }
    }
}
