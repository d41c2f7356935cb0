package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class CauseAction implements hudson.model.queue.FoldableAction, jenkins.model.RunAction2 {
    public CauseAction(java.util.Collection<? extends hudson.model.Cause> causes) {
        throw new UnsupportedOperationException();
    }

    public void foldIntoExisting(
            hudson.model.Queue.Item item,
            hudson.model.Queue.Task owner,
            java.util.List<hudson.model.Action> otherActions) {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.Cause> getCauses() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    public String getUrlName() {
        throw new UnsupportedOperationException();
    }
}
