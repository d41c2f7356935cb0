package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.orchestration.StepException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The step {@code worker}: declares a worker in a phase, or runs one alone. */
public final class WorkerStep extends Step {
    private final String job;
    private Map<String, Object> inputs = new LinkedHashMap<>();
    private String sealedInputs;
    private String as;
    private int retries;
    private boolean optional;
    private String node;
    private String label;
    private List<Object> files = new ArrayList<>();

    /** A call of that job: a common name or a version. */
    @DataBoundConstructor
    public WorkerStep(String job) {
        this.job = job;
    }

    /** The job called. */
    public String getJob() {
        return job;
    }

    /** Its inputs. */
    public Map<String, Object> getInputs() {
        return inputs;
    }

    /** Sets its inputs. */
    @DataBoundSetter
    public void setInputs(Map<String, Object> inputs) {
        this.inputs = inputs == null ? new LinkedHashMap<>() : new LinkedHashMap<>(inputs);
    }

    /** Its inputs in a form that may be written down; null where they are given as they are. */
    public String getSealedInputs() {
        return sealedInputs;
    }

    /** Sets its inputs, sealed. */
    @DataBoundSetter
    public void setSealedInputs(String sealedInputs) {
        this.sealedInputs = Util.fixEmpty(sealedInputs);
    }

    /** Its name in the phase; null for the job's. */
    public String getAs() {
        return as;
    }

    /** Sets its name in the phase. */
    @DataBoundSetter
    public void setAs(String as) {
        this.as = Util.fixEmptyAndTrim(as);
    }

    /** How often it is tried again after a failure. */
    public int getRetries() {
        return retries;
    }

    /** Sets how often it is tried again. */
    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    /** Whether its failure leaves the phase a success. */
    public boolean isOptional() {
        return optional;
    }

    /** Sets whether its failure leaves the phase a success. */
    @DataBoundSetter
    public void setOptional(boolean optional) {
        this.optional = optional;
    }

    /** The one node that it must run on; null for any. */
    public String getNode() {
        return node;
    }

    /** Sets the node. */
    @DataBoundSetter
    public void setNode(String node) {
        this.node = Util.fixEmptyAndTrim(node);
    }

    /** A label expression that says where it may run; null for the job's own. */
    public String getLabel() {
        return label;
    }

    /** Sets the label expression. */
    @DataBoundSetter
    public void setLabel(String label) {
        this.label = Util.fixEmptyAndTrim(label);
    }

    /** The results of the workers whose files it is given. */
    public List<Object> getFiles() {
        return files;
    }

    /** Sets the results of the workers whose files it is given. */
    @DataBoundSetter
    public void setFiles(List<Object> files) {
        this.files = files == null ? new ArrayList<>() : new ArrayList<>(files);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            PhaseDeclaration phase = context.get(PhaseDeclaration.class);
            return phase == null
                    ? new PhaseExecution(context, PhaseDeclaration.single(arguments()), false)
                    : new Declaration(context, phase, arguments());
        } catch (StepException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("job", job);
        arguments.put("inputs", sealedInputs == null ? inputs : SealedInputs.open(sealedInputs));
        arguments.put("as", as);
        arguments.put("retries", retries);
        arguments.put("optional", optional);
        arguments.put("node", node);
        arguments.put("label", label);
        arguments.put("files", files);
        return arguments;
    }

    /** Adds a worker to the phase around it, and goes on at once. */
    private static final class Declaration extends StepExecution {
        private static final long serialVersionUID = 1;

        private final transient PhaseDeclaration phase;
        private final transient Map<String, Object> arguments;

        private Declaration(StepContext context, PhaseDeclaration phase, Map<String, Object> arguments) {
            super(context);
            this.phase = phase;
            this.arguments = arguments;
        }

        @Override
        public boolean start() throws AbortException {
            try {
                phase.add(arguments);
            } catch (StepException e) {
                throw new AbortException(e.getMessage());
            }
            getContext().onSuccess(null);
            return true;
        }
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends OrchestrationStepDescriptor {
        @Override
        public String getFunctionName() {
            return "worker";
        }

        @Override
        public String getDisplayName() {
            return Messages.WorkerStep_DisplayName();
        }

        /** In a form, the inputs are lines of {@code NAME=value}. */
        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            JSONObject rest = JSONObject.fromObject(form);
            String lines = String.valueOf(rest.remove("inputLines"));
            Step step = super.newInstance(request, rest);
            Map<String, Object> inputs = new LinkedHashMap<>();
            for (String line : lines.lines().filter(l -> !l.isBlank()).toList()) {
                int equals = line.indexOf('=');
                if (equals < 1) {
                    throw new Descriptor.FormException(Messages.WorkerStep_Line(line), "inputLines");
                }
                inputs.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
            ((WorkerStep) step).setInputs(inputs);
            return step;
        }
    }
}
