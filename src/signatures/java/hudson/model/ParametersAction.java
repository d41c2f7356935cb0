package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ParametersAction
        implements jenkins.model.RunAction2,
                Iterable<hudson.model.ParameterValue>,
                hudson.model.Queue.QueueAction,
                hudson.model.EnvironmentContributingAction,
                hudson.model.labels.LabelAssignmentAction {
    public ParametersAction(
            java.util.List<hudson.model.ParameterValue> parameters,
            java.util.Collection<String> additionalSafeParameters) {
        throw new UnsupportedOperationException();
    }

    public java.util.List<hudson.model.ParameterValue> getAllParameters() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Label getAssignedLabel(hudson.model.queue.SubTask task) {
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

    public java.util.Iterator<hudson.model.ParameterValue> iterator() {
        throw new UnsupportedOperationException();
    }

    public boolean shouldSchedule(java.util.List<hudson.model.Action> actions) {
        throw new UnsupportedOperationException();
    }
}
