package hudson.slaves;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ComputerListener {
    public ComputerListener() {
        throw new UnsupportedOperationException();
    }

    public void onConfigurationChange() {
        throw new UnsupportedOperationException();
    }

    public void onOffline(hudson.model.Computer c, hudson.slaves.OfflineCause cause) {
        throw new UnsupportedOperationException();
    }

    public void onOnline(hudson.model.Computer c, hudson.model.TaskListener listener)
            throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public void onTemporarilyOffline(hudson.model.Computer c, hudson.slaves.OfflineCause cause) {
        throw new UnsupportedOperationException();
    }

    public void onTemporarilyOnline(hudson.model.Computer c) {
        throw new UnsupportedOperationException();
    }
}
