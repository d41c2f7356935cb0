package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Computer extends hudson.model.Actionable {
    public int countExecutors() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.Executor> getExecutors() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Node getNode() {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.OneOffExecutor> getOneOffExecutors() {
        throw new UnsupportedOperationException();
    }

    public boolean isOnline() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
