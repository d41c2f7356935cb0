package org.jvnet.jenkins.plugins.nodelabelparameter.node;

/** What promise jobs use of this class of nodelabelparameter; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class AllNodeEligibility extends org.jvnet.jenkins.plugins.nodelabelparameter.node.NodeEligibility {
    public AllNodeEligibility() {
        throw new UnsupportedOperationException();
    }
}
