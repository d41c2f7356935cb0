package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One declared input, as a form, a Jenkinsfile or configuration-as-code gives it. */
public final class ContractInput extends AbstractDescribableImpl<ContractInput> {
    private final String name;
    private String type = InputType.STRING.keyword();
    private boolean required;
    private String defaultValue;
    private String pattern;
    private String choices;
    private String receives;
    private String about;

    /** An input of type string that may be left out. */
    @DataBoundConstructor
    public ContractInput(String name) {
        this.name = name;
    }

    /** The form of an input of the model. */
    static ContractInput of(Input input) {
        ContractInput form = new ContractInput(input.name());
        form.setType(input.type().keyword());
        form.setRequired(input.required());
        form.setDefaultValue(input.defaultValue());
        form.setPattern(input.pattern());
        form.setChoices(input.choices().isEmpty() ? null : String.join("\n", input.choices()));
        form.setReceives(input.receives() == null ? null : input.receives().keyword());
        form.setAbout(input.about());
        return form;
    }

    /**
     * The input of the model.
     *
     * @throws IllegalArgumentException naming the input and everything that is wrong with it
     */
    Input input() {
        Optional<InputType> known = InputType.of(type);
        if (known.isEmpty()) {
            throw new IllegalArgumentException("the input " + name + ": '" + type + "' is no input type; known are "
                    + String.join(", ", InputType.keywords()));
        }
        Input input = new Input(
                String.valueOf(name),
                known.get(),
                required,
                defaultValue,
                pattern,
                lines(choices),
                known.get() == InputType.CALLBACK
                        ? Receives.of(receives == null ? "report" : receives).orElse(null)
                        : null,
                about);
        List<Violation> problems = input.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the input " + name + ": "
                    + problems.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        }
        return input;
    }

    private static List<String> lines(String text) {
        return text == null
                ? new ArrayList<>()
                : text.lines().map(String::strip).filter(l -> !l.isEmpty()).collect(Collectors.toList());
    }

    private static String orNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The name: letters, digits and underscores. */
    public String getName() {
        return name;
    }

    /** The keyword of its type. */
    public String getType() {
        return type;
    }

    /** Sets the type by its keyword. */
    @DataBoundSetter
    public void setType(String type) {
        this.type = type == null ? InputType.STRING.keyword() : type.toLowerCase(Locale.ROOT);
    }

    /** Whether a submission must give it. */
    public boolean isRequired() {
        return required;
    }

    /** Sets whether a submission must give it. */
    @DataBoundSetter
    public void setRequired(boolean required) {
        this.required = required;
    }

    /** What it is when none is given; null for nothing. */
    public String getDefaultValue() {
        return defaultValue;
    }

    /** Sets what it is when none is given. */
    @DataBoundSetter
    public void setDefaultValue(String defaultValue) {
        this.defaultValue = orNull(defaultValue);
    }

    /** The RE2 expression that the whole value must match; null for any. */
    public String getPattern() {
        return pattern;
    }

    /** Sets the expression. */
    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = orNull(pattern);
    }

    /** What a choice may be, one a line; null for the other types. */
    public String getChoices() {
        return choices;
    }

    /** Sets what a choice may be. */
    @DataBoundSetter
    public void setChoices(String choices) {
        this.choices = orNull(choices);
    }

    /** What a callback gets: report or registration; null for the other types. */
    public String getReceives() {
        return receives;
    }

    /** Sets what a callback gets. */
    @DataBoundSetter
    public void setReceives(String receives) {
        this.receives = orNull(receives);
    }

    /** One line for people; null for none. */
    public String getAbout() {
        return about;
    }

    /** Sets the line for people. */
    @DataBoundSetter
    public void setAbout(String about) {
        this.about = orNull(about);
    }

    /** Checks the form while it is filled in. */
    @Extension
    @Symbol("promiseInput")
    public static final class DescriptorImpl extends Descriptor<ContractInput> {
        @Override
        public String getDisplayName() {
            return Messages.ContractInput_DisplayName();
        }

        /** All types. */
        public ListBoxModel doFillTypeItems() {
            ListBoxModel items = new ListBoxModel();
            InputType.keywords().forEach(items::add);
            return items;
        }

        /** What a callback may get. */
        public ListBoxModel doFillReceivesItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ContractInput_Nothing(), "");
            items.add("report");
            items.add("registration");
            return items;
        }

        /** Checks a name; it is text in a form and reveals nothing. */
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return told(new Input(value, InputType.STRING, false, null, null, null, null, null).problems());
        }

        /** Checks a pattern. */
        @POST
        public FormValidation doCheckPattern(@QueryParameter String value) {
            return told(new Input("x", InputType.STRING, false, null, orNull(value), null, null, null).problems());
        }

        /** Checks a default against the type. */
        @POST
        public FormValidation doCheckDefaultValue(
                @QueryParameter String value,
                @QueryParameter String type,
                @QueryParameter String choices,
                @QueryParameter String pattern) {
            ContractInput input = new ContractInput("x");
            input.setType(type);
            input.setDefaultValue(value);
            input.setPattern(pattern);
            input.setChoices(choices);
            try {
                input.input();
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage().replaceFirst("^the input x: (default: )?", ""));
            }
        }

        private static FormValidation told(List<Violation> problems) {
            return problems.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(
                            problems.stream().map(Violation::message).collect(Collectors.joining("; ")));
        }
    }
}
