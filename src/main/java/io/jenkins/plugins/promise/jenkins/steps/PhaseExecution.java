package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.phase.PhaseRun;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
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

    private final PhaseDeclaration declaration;
    private final boolean body;
    private final MeantJobs meant = new MeantJobs();
    private String orchestration;
    private int number;
    private long fence;
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
        StepPlace place = StepPlace.of(getContext());
        orchestration = place.promise();
        number = place.number();
        fence = place.lease() == null ? 0 : place.lease().fence();
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

    private Phase phase() {
        return declaration.phase(number).under(fence);
    }

    private void declared() throws IOException, InterruptedException {
        Phase phase = phase();
        if (phase.calls().isEmpty()) {
            getContext().onSuccess(phase.value(Map.of()));
            return;
        }
        meant.lookUp(getContext().get(Run.class), phase);
        waiting = true;
        begin(phase, true);
        new PhaseLog(getContext()).workers(phase, orchestration, number);
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
            begin(phase(), false);
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
            return meant.of(call);
        }

        @Override
        public Optional<String> refusal() {
            return meant.refusal();
        }

        @Override
        public void print(String line) {
            new PhaseLog(getContext()).print(line);
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
