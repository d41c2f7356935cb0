package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface BuildStep {
    default hudson.tasks.BuildStepMonitor getRequiredMonitorService() {
        throw new UnsupportedOperationException();
    }
}
