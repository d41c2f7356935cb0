package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class InterruptedBuildAction extends hudson.model.InvisibleAction {
    public java.util.List<jenkins.model.CauseOfInterruption> getCauses() {
        throw new UnsupportedOperationException();
    }

    private InterruptedBuildAction() {
        throw new UnsupportedOperationException();
    }
}
