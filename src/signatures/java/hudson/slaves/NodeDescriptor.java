package hudson.slaves;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class NodeDescriptor extends hudson.model.Descriptor<hudson.model.Node> {
    private NodeDescriptor() {
        throw new UnsupportedOperationException();
    }
}
