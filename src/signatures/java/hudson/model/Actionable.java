package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Actionable extends hudson.model.AbstractModelObject
        implements jenkins.model.ModelObjectWithContextMenu {
    public Actionable() {
        throw new UnsupportedOperationException();
    }

    public final java.util.List<? extends hudson.model.Action> getAllActions() {
        throw new UnsupportedOperationException();
    }

    public <T extends hudson.model.Action> T getAction(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
