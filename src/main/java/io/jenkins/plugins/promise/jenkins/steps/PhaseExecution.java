package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.promise.acceptance.phase.PhaseRun;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One phase of a Pipeline: its body declares the workers, then all of them are promised at once. It holds no executor and
 * goes on after a restart: the promises of its workers are found again by their ids.
 */
final class PhaseExecution extends StepExecution {
    private static final long serialVersionUID = 1;
    private static final Logger LOGGER = Logger.getLogger(PhaseExecution.class.getName());

    private final PhaseDeclaration declaration;
    private final boolean body;
    /** The version, or full name, of the job that each name in a call means. */
    private final LinkedHashMap<String, String> meant = new LinkedHashMap<>();

    /** Why no worker is started; null if all that were called may be. */
    private String refusal;

    private String orchestration;
    private int number;
    private boolean waiting;
    private transient PhaseRun run;

    /**
     * A phase that begins.
     *
     * @param body whether a body is to declare its workers
     */
    PhaseExecution(StepContext context, PhaseDeclaration declaration, boolean body) {
        super(context);
        this.declaration = declaration;
        this.body = body;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        Run<?, ?> build = getContext().get(Run.class);
        BuildPromiseAction action = build.getAction(BuildPromiseAction.class);
        if (action == null) {
            throw new AbortException(Messages.PhaseExecution_NoPromise());
        }
        orchestration = action.getPromise();
        // A flow node's id is a number that no other step of the build has, and the same after a restart.
        number = Integer.parseInt(getContext().get(FlowNode.class).getId());
        if (!body) {
            declared();
            return false;
        }
        getContext()
                .newBodyInvoker()
                .withContext(declaration)
                .withCallback(new Declared(this))
                .start();
        return false;
    }

    private void declared() throws IOException, InterruptedException {
        Phase phase = declaration.phase(number);
        if (phase.calls().isEmpty()) {
            getContext().onSuccess(phase.value(Map.of()));
            return;
        }
        lookUp(phase);
        waiting = true;
        begin(phase, true);
        print("phase " + phase.name() + ": " + links(phase));
    }

    /** Once, and here, where the build's identity acts: later it is not asked again what a name means. */
    private void lookUp(Phase phase) throws IOException, InterruptedException {
        CalledJobs called = new CalledJobs(getContext().get(Run.class));
        try {
            for (WorkerCall call : phase.calls()) {
                if (!meant.containsKey(call.job())) {
                    meant.put(call.job(), called.allowed(call.job()));
                }
            }
        } catch (Refused e) {
            refusal = e.getMessage();
        }
    }

    private String links(Phase phase) {
        List<String> links = new ArrayList<>();
        for (int index = 0; index < phase.calls().size(); index++) {
            WorkerCall call = phase.calls().get(index);
            String id = new ParentCall(orchestration, number, index, call.name(), 1, null, null).id();
            links.add(HyperlinkNote.encodeTo("/" + PromisesRootAction.URL + "/" + id, call.name()));
        }
        return String.join(", ", links);
    }

    private void begin(Phase phase, boolean fresh) {
        JenkinsController controller = JenkinsController.get();
        PhaseRun begun = new PhaseRun(
                phase, orchestration, controller.promises(), Clock.tickMillis(ZoneOffset.UTC), new Host(phase));
        run = begun;
        controller.phases().add(orchestration, number, begun);
        controller.phases().execute(() -> {
            try {
                if (fresh) {
                    begun.start();
                } else {
                    begun.resume();
                }
            } catch (RuntimeException e) {
                // Nothing else would end the step.
                controller.phases().remove(orchestration, number);
                getContext().onFailure(e);
            }
        });
    }

    @Override
    public void onResume() {
        if (!waiting) {
            return;
        }
        try {
            begin(declaration.phase(number), false);
        } catch (RuntimeException e) {
            getContext().onFailure(e);
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        PhaseRun current = run;
        if (current != null) {
            JenkinsController.get().phases().remove(orchestration, number);
            JenkinsController.get().phases().execute(() -> current.cancel(why(cause)));
            getContext().onFailure(cause);
        } else {
            super.stop(cause);
        }
    }

    private static String why(Throwable cause) {
        if (cause instanceof FlowInterruptedException interrupted) {
            return interrupted.getCauses().stream()
                    .map(CauseOfInterruption::getShortDescription)
                    .reduce((a, b) -> a + "; " + b)
                    .orElse("its orchestration was aborted");
        }
        return "its orchestration was aborted: " + cause.getMessage();
    }

    @Override
    public String getStatus() {
        return waiting ? "waiting for workers" : "declaring workers";
    }

    private void print(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println(line);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a line for a log that is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The phase's body has ended. */
    private static final class Declared extends BodyExecutionCallback {
        private static final long serialVersionUID = 1;

        private final PhaseExecution execution;

        private Declared(PhaseExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            try {
                execution.declared();
            } catch (StepException e) {
                context.onFailure(new AbortException(e.getMessage()));
            } catch (IOException | RuntimeException e) {
                context.onFailure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            context.onFailure(cause);
        }
    }

    /** What a phase of a Pipeline is told, and tells. */
    private final class Host implements PhaseRun.Host {
        private final Phase phase;

        private Host(Phase phase) {
            this.phase = phase;
        }

        @Override
        public String version(WorkerCall call) {
            return meant.getOrDefault(call.job(), call.job());
        }

        @Override
        public Optional<String> refusal() {
            return Optional.ofNullable(refusal);
        }

        @Override
        public void print(String line) {
            PhaseExecution.this.print(line);
        }

        @Override
        public void later(Runnable task, long millis) {
            var unused = Timer.get()
                    .schedule(() -> JenkinsController.get().phases().execute(task), millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean stopping() {
            return JenkinsController.get().stopping();
        }

        @Override
        public void ended(Map<String, WorkerResult> results) {
            JenkinsController.get().phases().remove(orchestration, number);
            Optional<String> failure = phase.failure(results);
            if (failure.isPresent()) {
                getContext().onFailure(new AbortException(failure.get()));
            } else {
                getContext().onSuccess(phase.value(results));
            }
        }
    }
}
