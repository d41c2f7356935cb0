package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.ParameterDefinition;
import hudson.model.PasswordParameterDefinition;
import hudson.model.StringParameterDefinition;
import hudson.model.TextParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The build parameter that an input is.
 *
 * @param input the input
 */
record InputParameter(Input input) {
    /**
     * The build parameters of declared inputs, in that order.
     *
     * @param inputs null for none
     * @throws IllegalArgumentException naming an input that is declared twice
     */
    static List<ParameterDefinition> definitions(List<ContractInput> inputs) {
        List<ParameterDefinition> definitions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (inputs != null) {
            for (ContractInput input : inputs) {
                definitions.add(new InputParameter(input.input()).definition());
                if (!names.add(input.getName())) {
                    throw new IllegalArgumentException("the input " + input.getName() + " is declared twice");
                }
            }
        }
        return definitions;
    }

    ParameterDefinition definition() {
        String value = input.defaultValue() == null ? "" : input.defaultValue();
        return switch (input.type()) {
            case TEXT -> new TextParameterDefinition(input.name(), value, about());
            case BOOLEAN -> new BooleanParameterDefinition(input.name(), Boolean.parseBoolean(value), about());
            case CHOICE -> choice();
            case SECRET -> new PasswordParameterDefinition(input.name(), Secret.fromString(""), about());
                // That plugin knows no node that may be left out: it takes all of them then.
            case LABEL, NODE -> NodeLabelParameters.available() && (input.required() || input.type() == InputType.LABEL)
                    ? NodeLabelParameters.of(input, about())
                    : text(value);
            case STRING, INTEGER, NUMBER, URI, CALLBACK -> text(value);
        };
    }

    private ParameterDefinition text(String value) {
        return new StringParameterDefinition(input.name(), value, about(), false);
    }

    /** A form's choice always has a value; one that may be left out offers nothing as its first. */
    private ParameterDefinition choice() {
        List<String> offered = new ArrayList<>(input.choices());
        if (input.defaultValue() != null) {
            offered.remove(input.defaultValue());
            offered.add(0, input.defaultValue());
        } else if (!input.required()) {
            offered.add(0, "");
        }
        return new ChoiceParameterDefinition(input.name(), offered.toArray(String[]::new), about());
    }

    private String about() {
        List<String> parts = new ArrayList<>();
        if (input.about() != null) {
            parts.add(input.about());
        }
        parts.add(input.type().keyword()
                + (input.receives() == null
                        ? ""
                        : " for the " + input.receives().keyword())
                + (input.required() ? ", required" : "")
                + (input.pattern() == null ? "" : ", " + input.pattern()));
        return String.join(" — ", parts);
    }
}
