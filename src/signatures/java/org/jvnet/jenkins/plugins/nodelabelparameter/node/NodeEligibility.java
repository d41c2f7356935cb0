package org.jvnet.jenkins.plugins.nodelabelparameter.node;

/** What promise jobs use of this class of nodelabelparameter; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class NodeEligibility
        implements hudson.model.Describable<org.jvnet.jenkins.plugins.nodelabelparameter.node.NodeEligibility>,
                java.io.Serializable {
    public NodeEligibility() {
        throw new UnsupportedOperationException();
    }

    public org.jvnet.jenkins.plugins.nodelabelparameter.node.NodeEligibility.NodeEligibilityDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public abstract static class NodeEligibilityDescriptor
            extends hudson.model.Descriptor<org.jvnet.jenkins.plugins.nodelabelparameter.node.NodeEligibility> {
        private NodeEligibilityDescriptor() {
            throw new UnsupportedOperationException();
        }
    }
}
