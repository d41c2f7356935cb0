package jenkins.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface SimpleBuildStep extends hudson.tasks.BuildStep {
    default void perform(
            hudson.model.Run<?, ?> run,
            hudson.FilePath workspace,
            hudson.EnvVars env,
            hudson.Launcher launcher,
            hudson.model.TaskListener listener)
            throws InterruptedException, java.io.IOException {
        throw new UnsupportedOperationException();
    }
}
