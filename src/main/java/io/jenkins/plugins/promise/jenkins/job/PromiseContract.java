package io.jenkins.plugins.promise.jenkins.job;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.ParametersDefinitionProperty;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.OutputsSchema;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The contract of a job. Its inputs are the job's build parameters, so that whatever asks for a build with parameters
 * works with it.
 */
public final class PromiseContract extends ParametersDefinitionProperty {
    private final List<ContractInput> inputs;
    private String outputs;
    private String deadline;
    private Secret token;
    private String version;
    private transient Contract contract;
    /** Why what was stored is no contract; null if it is one. */
    private transient String problem;

    /**
     * A contract of these inputs.
     *
     * @throws IllegalArgumentException naming everything that is wrong with an input
     */
    @DataBoundConstructor
    public PromiseContract(List<ContractInput> inputs) {
        super(InputParameter.definitions(inputs));
        this.inputs = inputs == null ? new ArrayList<>() : new ArrayList<>(inputs);
    }

    private PromiseContract(List<ContractInput> inputs, String problem) {
        super(new ArrayList<>());
        this.inputs = inputs;
        this.problem = problem;
    }

    /** The contract of a deployed version. */
    static PromiseContract of(Deployed deployed) {
        List<ContractInput> inputs = new ArrayList<>();
        deployed.contract().inputs().forEach(i -> inputs.add(ContractInput.of(i)));
        PromiseContract property = new PromiseContract(inputs);
        property.outputs = deployed.contract().outputs() == null
                ? null
                : deployed.contract().outputs().json().toPrettyString();
        property.deadline = deployed.contract().deadline() == null
                ? null
                : JobFileReader.text(deployed.contract().deadline()).orElseThrow();
        property.version = deployed.version();
        return property;
    }

    /**
     * After loading, the parameters follow from the inputs again: another plugin may now bring a better one. What cannot be
     * read stays, and refuses every build: without it the job would be open to any.
     */
    Object readResolve() {
        try {
            PromiseContract loaded = withRest(new PromiseContract(inputs));
            var unused = loaded.contract();
            return loaded;
        } catch (IllegalArgumentException e) {
            return withRest(new PromiseContract(inputs, String.valueOf(e.getMessage())));
        }
    }

    private PromiseContract withRest(PromiseContract loaded) {
        loaded.outputs = outputs;
        loaded.deadline = deadline;
        loaded.token = token;
        loaded.version = version;
        return loaded;
    }

    /** What the job promises. */
    public synchronized Contract contract() {
        if (contract == null) {
            contract = new Contract(
                    inputs.stream().map(ContractInput::input).toList(),
                    outputs == null ? null : OutputsSchema.parse(outputs),
                    duration(deadline),
                    Keep.ALL);
        }
        return contract;
    }

    private static Duration duration(String text) {
        return text == null
                ? null
                : JobFileReader.duration(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "deadline must be a time such as 90s, 30m, 12h or 7d, not '" + text + "'"));
    }

    /** Why it cannot be read: then the job promises nothing, and nothing builds it. Nothing if it can. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Who may submit this job over HTTP; nothing where nobody may. */
    Optional<SubmitToken> submitToken() {
        return token == null || token.getPlainText().isEmpty()
                ? Optional.empty()
                : Optional.of(SubmitToken.of(token.getPlainText()));
    }

    /** The declared inputs. */
    public List<ContractInput> getInputs() {
        return inputs;
    }

    /** A JSON Schema for the report's data; null for any data. */
    public String getOutputs() {
        return outputs;
    }

    /**
     * Sets the schema.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    @DataBoundSetter
    public void setOutputs(String outputs) {
        String given = outputs == null || outputs.isBlank() ? null : outputs;
        if (given != null) {
            var unused = OutputsSchema.parse(given);
        }
        this.outputs = given;
    }

    /** From acceptance to settlement, as in 30m; null for the controller's own. */
    public String getDeadline() {
        return deadline;
    }

    /**
     * Sets the deadline.
     *
     * @throws IllegalArgumentException if it is no such time
     */
    @DataBoundSetter
    public void setDeadline(String deadline) {
        String given = deadline == null || deadline.isBlank() ? null : deadline.strip();
        duration(given);
        this.deadline = given;
    }

    /** Who has it may submit the job over HTTP; null for nobody. */
    public Secret getToken() {
        return token;
    }

    /** Sets the token. */
    @DataBoundSetter
    public void setToken(Secret token) {
        this.token = token;
    }

    /**
     * The deployed version that a job is; nothing for a job that was not deployed. The name of such a job is its version,
     * and it lies where versions do, so that a copy, or a job made from another one's config.xml, is none.
     */
    public static Optional<String> versionOf(Job<?, ?> job) {
        return Optional.ofNullable(job.getProperty(PromiseContract.class))
                .map(contract -> contract.version)
                .filter(job.getName()::equals)
                .filter(version -> VersionPlaces.holds(job));
    }

    /** What promises call a job: the version that it is, or its full name. */
    public static String nameOf(Job<?, ?> job) {
        return versionOf(job).orElseGet(job::getFullName);
    }

    /** The version that the job was said to be where it was made; null for a job of somebody's own. */
    public String getVersion() {
        return version;
    }

    /** Checks the form while it is filled in. */
    @Extension
    @Symbol("promiseContract")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PromiseContract_DisplayName();
        }

        @Override
        public JobProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            try {
                return super.newInstance(request, form);
            } catch (LinkageError | IllegalArgumentException e) {
                throw new FormException(told(e), e, "inputs");
            }
        }

        /** Stapler wraps what a constructor complains of in what it was given. */
        private static String told(Throwable error) {
            Throwable cause = error;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getMessage();
        }

        /** Checks a deadline; it is text in a form and reveals nothing. */
        @POST
        public FormValidation doCheckDeadline(@QueryParameter String value) {
            return value.isBlank() || JobFileReader.duration(value).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.PromiseContract_Deadline());
        }

        /** Checks a schema. */
        @POST
        public FormValidation doCheckOutputs(@QueryParameter String value) {
            try {
                if (!value.isBlank()) {
                    var unused = OutputsSchema.parse(value);
                }
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
