package org.jvnet.jenkins.plugins.nodelabelparameter;

/** What promise jobs use of this class of nodelabelparameter; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class LabelParameterDefinition extends hudson.model.SimpleParameterDefinition {
    public LabelParameterDefinition(
            String name,
            String description,
            String defaultValue,
            boolean allNodesMatchingLabel,
            org.jvnet.jenkins.plugins.nodelabelparameter.node.NodeEligibility nodeEligibility,
            String triggerIfResult) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterValue createValue(String str) {
        throw new UnsupportedOperationException();
    }
}
