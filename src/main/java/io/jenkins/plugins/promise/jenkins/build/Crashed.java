package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * What a crash of the controller does to Pipelines. One that was killed before its program was first saved fails with
 * "Failed to load program"; one that was killed between the saving of a step's end and of the program stands still for
 * ever, its last node the end of a block; and one whose nodes on disk are ahead of its program trips over them with a
 * ClassCastException (all seen on Jenkins 2.479.3, with workflow-cps 4014).
 */
public final class Crashed {
    private static final Logger LOGGER = Logger.getLogger(Crashed.class.getName());
    private static final String NOT_LOADED = "Failed to load program";
    private static final String PIPELINE = "org.jenkinsci.plugins.workflow.cps.";

    private Crashed() {}

    /** Whether it was the loss of its program that ended a build, and nothing that its script did. */
    public static boolean lost(Run<?, ?> run, Instant controllerStarted) {
        if (Result.SUCCESS.equals(run.getResult())) {
            return false;
        }
        FlowExecution execution = execution(run);
        if (execution == null) {
            // One that began since this start has none because its script does not compile.
            return run instanceof WorkflowRun && !run.isBuilding() && resumed(run, controllerStarted);
        }
        return execution.getCurrentHeads().stream()
                .map(FlowNode::getError)
                .anyMatch(error -> error != null
                        && (notLoaded(error)
                                || (resumed(run, controllerStarted) && ofPipelineItself(error.getError()))));
    }

    private static boolean resumed(Run<?, ?> run, Instant controllerStarted) {
        return run.getStartTimeInMillis() < controllerStarted.toEpochMilli();
    }

    private static boolean ofPipelineItself(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        return error instanceof RuntimeException
                && trace.length > 0
                && trace[0].getClassName().startsWith(PIPELINE);
    }

    private static boolean notLoaded(ErrorAction error) {
        for (Throwable cause = error.getError(); cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).startsWith(NOT_LOADED)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a build that began before the controller was started may stand still.
     *
     * @return the same text as long as it stands at the same place; nothing if it waits for a step, but for a phase whose
     *     body has declared its workers
     */
    static Optional<String> standstill(Run<?, ?> run, Instant controllerStarted) {
        FlowExecution execution = execution(run);
        if (execution == null || !resumed(run, controllerStarted)) {
            return Optional.empty();
        }
        List<FlowNode> heads = execution.getCurrentHeads();
        return heads.stream().allMatch(BlockEndNode.class::isInstance)
                ? Optional.of(heads.stream().map(FlowNode::getId).collect(Collectors.joining(" ", "at ", "")))
                : Optional.empty();
    }

    /** Ends a build that nothing else ends. */
    static void kill(Run<?, ?> run) {
        if (run instanceof WorkflowRun pipeline) {
            pipeline.doKill();
        }
    }

    /** The program of a Pipeline, read from disk if it has ended before this start; null if there is none. */
    static FlowExecution execution(Run<?, ?> run) {
        if (!(run instanceof FlowExecutionOwner.Executable pipeline)) {
            return null;
        }
        FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
        try {
            return owner == null ? null : owner.get();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a Pipeline without its program", e);
            return null;
        }
    }
}
