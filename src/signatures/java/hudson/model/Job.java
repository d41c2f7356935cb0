package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Job<JobT extends hudson.model.Job<JobT, RunT>, RunT extends hudson.model.Run<JobT, RunT>>
        extends hudson.model.AbstractItem implements jenkins.model.ModelObjectWithChildren {
    protected transient volatile int nextBuildNumber;

    protected Job(hudson.model.ItemGroup parent, String name) {
        super(null, null);
        throw new UnsupportedOperationException();
    }

    public hudson.security.ACL getACL() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.JobProperty<? super JobT>> getAllProperties() {
        throw new UnsupportedOperationException();
    }

    public hudson.util.RunList<RunT> getBuilds() {
        throw new UnsupportedOperationException();
    }

    public RunT getLastBuild() {
        throw new UnsupportedOperationException();
    }

    public <T extends hudson.model.JobProperty> T getProperty(Class<T> clazz) {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isBuildable();

    protected synchronized void saveNextBuildNumber() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public void setBuildDiscarder(jenkins.model.BuildDiscarder bd) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }
}
