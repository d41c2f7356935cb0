package hudson.tasks;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class LogRotator extends jenkins.model.BuildDiscarder {
    public LogRotator(int daysToKeep, int numToKeep, int artifactDaysToKeep, int artifactNumToKeep) {
        throw new UnsupportedOperationException();
    }
}
