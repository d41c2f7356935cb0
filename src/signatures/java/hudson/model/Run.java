package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Run<JobT extends hudson.model.Job<JobT, RunT>, RunT extends hudson.model.Run<JobT, RunT>>
        extends hudson.model.Actionable
        implements Comparable<RunT>,
                hudson.security.AccessControlled,
                hudson.model.DescriptorByNameOwner,
                jenkins.model.HistoricalBuild {
    protected Run(JobT job) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public int compareTo(RunT that) {
        throw new UnsupportedOperationException();
    }

    public void delete() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public static hudson.model.Run<?, ?> fromExternalizableId(String id)
            throws IllegalArgumentException, org.springframework.security.access.AccessDeniedException {
        throw new UnsupportedOperationException();
    }

    public final jenkins.model.ArtifactManager getArtifactManager() {
        throw new UnsupportedOperationException();
    }

    public final java.nio.charset.Charset getCharset() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public long getDuration() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Executor getExecutor() {
        throw new UnsupportedOperationException();
    }

    public String getExternalizableId() {
        throw new UnsupportedOperationException();
    }

    public String getFullDisplayName() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<String> getLog(int maxLines) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public hudson.console.AnnotatedLargeText getLogText() {
        throw new UnsupportedOperationException();
    }

    public int getNumber() {
        throw new UnsupportedOperationException();
    }

    public JobT getParent() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Result getResult() {
        throw new UnsupportedOperationException();
    }

    public java.io.File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public final long getStartTimeInMillis() {
        throw new UnsupportedOperationException();
    }

    public final long getTimeInMillis() {
        throw new UnsupportedOperationException();
    }

    public String getUrl() {
        throw new UnsupportedOperationException();
    }

    public boolean isBuilding() {
        throw new UnsupportedOperationException();
    }

    public final synchronized jenkins.model.ArtifactManager pickArtifactManager() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public void save() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public void setResult(hudson.model.Result r) {
        throw new UnsupportedOperationException();
    }
}
