package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.console.HyperlinkNote;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import io.jenkins.plugins.promise.acceptance.phase.PhaseRun;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.StepException;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.orchestration.WorkerResult;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * One phase of a Pipeline: its body declares the workers, then all of them are promised at once. It holds no executor and
 * goes on after a restart: the promises of its workers are found again by their ids.
 */
final class PhaseExecution extends StepExecution {
    private static final long serialVersionUID = 1;
    private static final Logger LOGGER = Logger.getLogger(PhaseExecution.class.getName());

    private final PhaseDeclaration declaration;
    private final boolean body;
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
        checkPermissions(phase);
        waiting = true;
        begin(phase, true);
        print("phase " + phase.name() + ": " + links(phase));
    }

    /** Whoever runs the orchestration must be allowed to build what it calls, as for the step {@code build}. */
    private void checkPermissions(Phase phase) throws IOException, InterruptedException {
        Run<?, ?> build = getContext().get(Run.class);
        if (build.getParent() instanceof Queue.Task task) {
            Authentication who = Tasks.getAuthenticationOf2(task);
            for (WorkerCall call : phase.calls()) {
                Optional<Job<?, ?>> job = job(version(build, call));
                if (job.isPresent() && !job.get().getACL().hasPermission2(who, Item.BUILD)) {
                    throw new AbortException(Messages.PhaseExecution_NotAllowed(who.getName(), call.job()));
                }
            }
        }
    }

    private static Optional<Job<?, ?>> job(String name) {
        JenkinsCatalog catalog = JenkinsController.get().catalog();
        return catalog.resolve(name).flatMap(d -> catalog.item(d.version()));
    }

    /** The version that the orchestration was deployed with; or a job beside it; or what has that name. */
    private static String version(Run<?, ?> build, WorkerCall call) {
        Optional<String> version = PromiseContract.versionOf(build.getParent());
        if (version.isPresent()) {
            return JenkinsController.get()
                    .versions()
                    .resolve(version.get())
                    .map(d -> d.uses().getOrDefault(call.job(), call.job()))
                    .orElse(call.job());
        }
        Item beside = Jenkins.get().getItem(call.job(), build.getParent().getParent());
        return beside instanceof Job<?, ?> job && job.getProperty(PromiseContract.class) != null
                ? job.getFullName()
                : call.job();
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

    private void begin(Phase phase, boolean fresh) throws IOException, InterruptedException {
        JenkinsController controller = JenkinsController.get();
        run = new PhaseRun(
                phase,
                orchestration,
                controller.promises(),
                Clock.systemUTC(),
                new Host(phase, getContext().get(Run.class)));
        controller.phases().add(orchestration, number, run);
        controller.phases().execute(fresh ? run::start : run::resume);
    }

    @Override
    public void onResume() {
        if (!waiting) {
            return;
        }
        try {
            begin(declaration.phase(number), false);
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        private final Run<?, ?> build;

        private Host(Phase phase, Run<?, ?> build) {
            this.phase = phase;
            this.build = build;
        }

        @Override
        public String version(WorkerCall call) {
            return PhaseExecution.version(build, call);
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
