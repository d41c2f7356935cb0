package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** Why a Pipeline failed, in one line that points into its author's file. */
final class PipelineFailure {
    private static final Logger LOGGER = Logger.getLogger(PipelineFailure.class.getName());
    private static final String SCRIPT = "WorkflowScript";
    private static final Pattern LINE = Pattern.compile(SCRIPT + ": ([0-9]{1,7}):");

    /** The line has been told before it. */
    private static final Pattern COLUMN = Pattern.compile("\\s*@ line [0-9]+, column [0-9]+\\.?\\s*$");
    /** What the sandbox refuses before there is a line; the compiler's own exception says only that it failed. */
    private static final Pattern EXCEPTION =
            Pattern.compile("(?:[a-zA-Z_$][\\w$]*\\.)+\\w*(?:Exception|Error): (?!startup failed)(.+)");

    /** So far from the log's end its complaint may begin: its own stack trace comes behind it. */
    private static final int COMPILER_LINES = 200;

    private PipelineFailure() {}

    /** Empty if the build is no Pipeline, or says no reason. */
    static String of(Run<?, ?> run) {
        FlowExecution execution = Crashed.execution(run);
        if (execution == null) {
            return notCompiled(run);
        }
        for (FlowNode head : execution.getCurrentHeads()) {
            ErrorAction error = head.getError();
            if (error != null) {
                return told(run, error.getError());
            }
        }
        return "";
    }

    /** What the compiler complains of stands in the build's log only. */
    private static String notCompiled(Run<?, ?> run) {
        if (!(run instanceof FlowExecutionOwner.Executable)) {
            return "";
        }
        try {
            List<String> log = run.getLog(COMPILER_LINES);
            return log.stream()
                    .filter(line -> LINE.matcher(line).lookingAt())
                    .map(line -> COLUMN.matcher(mapped(run, line)).replaceFirst(""))
                    .findFirst()
                    .or(() -> log.stream()
                            .map(EXCEPTION::matcher)
                            .filter(Matcher::matches)
                            .map(matcher -> matcher.group(1))
                            .findFirst())
                    .orElse("");
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "what the compiler complained of cannot be read", e);
            return "";
        }
    }

    private static String told(Run<?, ?> run, Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        String where = Stream.of(error.getStackTrace())
                .filter(e -> SCRIPT.equals(e.getFileName()) && e.getLineNumber() > 0)
                .map(e -> place(run, e.getLineNumber()) + ": ")
                .findFirst()
                .orElse("");
        return where + mapped(run, message).strip();
    }

    /** What the compiler says, with the places in its author's files. */
    private static String mapped(Run<?, ?> run, String message) {
        return LINE.matcher(message)
                .replaceAll(m -> Matcher.quoteReplacement(place(run, Integer.parseInt(m.group(1))) + ":"));
    }

    private static String place(Run<?, ?> run, int line) {
        Optional<String> version = PromiseContract.versionOf(run.getParent());
        if (version.isPresent()) {
            try {
                ScriptSource source = JenkinsController.get().versions().source(version.get());
                return source.at(line).toString();
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "the line is told as Jenkins counts it", e);
            }
        }
        return "line " + line;
    }
}
