package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.ParameterDefinition;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.jenkins.plugins.nodelabelparameter.LabelParameterDefinition;
import org.jvnet.jenkins.plugins.nodelabelparameter.NodeParameterDefinition;
import org.jvnet.jenkins.plugins.nodelabelparameter.node.AllNodeEligibility;

/** Inputs of type node and label as the parameters of the plugin Node and Label Parameter, where that is there. */
final class NodeLabelParameters {
    private static final String PLUGIN = "nodelabelparameter";
    /** What that plugin writes for any node, and for one node at a time. */
    private static final String ALL_NODES = "ALL (no restriction)";

    private static final String ONE_AT_A_TIME = "multiSelectionDisallowed";

    private NodeLabelParameters() {}

    /** Whether the plugin is there; nothing else of this class may be used if not. */
    static boolean available() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins != null && jenkins.getPlugin(PLUGIN) != null;
    }

    static ParameterDefinition of(Input input, String about) {
        String value = input.defaultValue();
        if (input.type() == InputType.LABEL) {
            // Without a default that plugin's value would have none either, and its build would fail of it.
            String preset = value == null ? "" : value;
            return new LabelParameterDefinition(
                    input.name(), about, preset, false, new AllNodeEligibility(), ONE_AT_A_TIME);
        }
        List<String> preset = new ArrayList<>(value == null ? List.of() : List.of(value));
        return new NodeParameterDefinition(
                input.name(),
                about,
                preset,
                new ArrayList<>(List.of(ALL_NODES)),
                ONE_AT_A_TIME,
                new AllNodeEligibility());
    }
}
