package io.jenkins.plugins.promise.jenkins.steps.environment;

import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.steps.StepPlace;
import io.jenkins.plugins.promise.orchestration.environment.EnvironmentCall;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/** What a step asks of an environment; it may be asked again after a restart, also where the ledger is not open yet. */
final class Question implements Serializable {
    private static final long serialVersionUID = 1;
    private static final long AGAIN_SECONDS = 1;

    private final StepPlace place;
    private final EnvironmentCall call;

    Question(StepPlace place, EnvironmentCall call) {
        this.place = place;
        this.call = call;
    }

    EnvironmentCall call() {
        return call;
    }

    /** Answers when there is an answer, on another thread. */
    void ask(Consumer<String> log, Asker asker) {
        JenkinsController controller = JenkinsController.get();
        if (controller.started()) {
            controller.environments().ask(place, call, log, asker);
        } else if (!controller.stopping()) {
            // What stops is asked again by the next start.
            var unused = Timer.get().schedule(() -> ask(log, asker), AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What was asked was answered before a restart, and whoever asked goes on with it. */
    void goesOn() {
        JenkinsController controller = JenkinsController.get();
        if (controller.started()) {
            controller.environments().goesOn(place);
        } else if (!controller.stopping()) {
            var unused = Timer.get().schedule(this::goesOn, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Nobody waits for the answer any more. */
    void withdraw() {
        JenkinsController controller = JenkinsController.get();
        if (controller.started()) {
            controller.environments().withdraw(place, call);
        }
    }
}
