package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class EnvironmentContributor {
    public EnvironmentContributor() {
        throw new UnsupportedOperationException();
    }

    public void buildEnvironmentFor(hudson.model.Run r, hudson.EnvVars envs, hudson.model.TaskListener listener)
            throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
