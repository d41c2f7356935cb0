package io.jenkins.plugins.promise.jenkins.steps;

import hudson.console.HyperlinkNote;
import hudson.model.TaskListener;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a step tells in the log of its build. */
public final class PhaseLog {
    private static final Logger LOGGER = Logger.getLogger(PhaseLog.class.getName());

    private final StepContext context;

    /** The log of the step of that context. */
    public PhaseLog(StepContext context) {
        this.context = context;
    }

    /**
     * Names the workers of a phase, each a link to its promise.
     *
     * @param number the phase's, in its orchestration
     */
    void workers(Phase phase, String orchestration, int number) {
        List<String> links = new ArrayList<>();
        for (int index = 0; index < phase.calls().size(); index++) {
            WorkerCall call = phase.calls().get(index);
            String id = new ParentCall(orchestration, number, index, call.name(), 1, null, null).id();
            links.add(HyperlinkNote.encodeTo("/" + PromisesRootAction.URL + "/" + id, call.name()));
        }
        print("phase " + phase.name() + ": " + String.join(", ", links));
    }

    /** A line of it. */
    public void print(String line) {
        try {
            TaskListener listener = context.get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println(line);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a line for a log that is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
