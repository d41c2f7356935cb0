package hudson.model.queue;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface FoldableAction extends hudson.model.Action {
    void foldIntoExisting(
            hudson.model.Queue.Item item,
            hudson.model.Queue.Task owner,
            java.util.List<hudson.model.Action> otherActions);
}
