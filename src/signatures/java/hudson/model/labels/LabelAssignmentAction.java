package hudson.model.labels;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface LabelAssignmentAction extends hudson.model.Action {
    hudson.model.Label getAssignedLabel(hudson.model.queue.SubTask task);
}
