package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Computer extends hudson.model.Actionable {
    protected Computer(hudson.model.Node node) {
        throw new UnsupportedOperationException();
    }

    public final int countExecutors() {
        throw new UnsupportedOperationException();
    }

    public abstract hudson.remoting.VirtualChannel getChannel();

    public java.util.List<hudson.model.Executor> getExecutors() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Node getNode() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.OneOffExecutor> getOneOffExecutors() {
        throw new UnsupportedOperationException();
    }

    public final boolean isOnline() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
