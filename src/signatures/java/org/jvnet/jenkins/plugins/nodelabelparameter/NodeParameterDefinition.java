package org.jvnet.jenkins.plugins.nodelabelparameter;

/** What promise jobs use of this class of nodelabelparameter; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class NodeParameterDefinition extends hudson.model.SimpleParameterDefinition {
    public NodeParameterDefinition(
            String name,
            String description,
            java.util.List<String> defaultSlaves,
            java.util.List<String> allowedSlaves,
            String triggerIfResult,
            org.jvnet.jenkins.plugins.nodelabelparameter.node.NodeEligibility nodeEligibility) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterValue createValue(String value) {
        throw new UnsupportedOperationException();
    }
}
