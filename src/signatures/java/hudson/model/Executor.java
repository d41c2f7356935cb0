package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Executor extends Thread implements hudson.model.ModelObject {
    public hudson.model.Queue.Executable getCurrentExecutable() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public void interrupt(hudson.model.Result result, jenkins.model.CauseOfInterruption... causes) {
        throw new UnsupportedOperationException();
    }

    public Executor(hudson.model.Computer owner, int n) {
        throw new UnsupportedOperationException();
    }
}
