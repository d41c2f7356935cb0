package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ArtifactManager {
    public ArtifactManager() {
        throw new UnsupportedOperationException();
    }

    public abstract void archive(
            hudson.FilePath workspace,
            hudson.Launcher launcher,
            hudson.model.BuildListener listener,
            java.util.Map<String, String> artifacts)
            throws java.io.IOException, InterruptedException;

    public abstract jenkins.util.VirtualFile root();
}
