package io.jenkins.plugins.promise.jenkins.build;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.report.Outcome;

/** Tells promises of their builds. */
@Extension
public final class PromiseRunListener extends RunListener<Run<?, ?>> {
    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        if (action != null && JenkinsController.get().started()) {
            JenkinsController.get().builds().started(action.getPromise(), run);
        }
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        JenkinsController controller = JenkinsController.get();
        // What ends while the controller goes down is looked at when it comes up again.
        if (action != null && !action.disowned() && controller.dispatching() && !controller.stopping()) {
            controller
                    .ledger()
                    .work()
                    .state(action.getPromise())
                    .filter(state -> !state.settled())
                    .ifPresent(state -> controller.watch().ended(action.getPromise(), run));
        }
    }

    @Override
    public void onFinalized(Run<?, ?> run) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        JenkinsController controller = JenkinsController.get();
        if (action != null && !action.disowned() && controller.started()) {
            controller.logs().ended(action.getPromise(), run);
        }
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        JenkinsController controller = JenkinsController.get();
        if (action != null && !action.disowned() && controller.started()) {
            controller.logs().deleted(action.getPromise(), run);
            controller
                    .ledger()
                    .find(action.getPromise())
                    .filter(p -> !p.state().settled())
                    .ifPresent(p -> controller
                            .promises()
                            .settle(p.id(), Outcome.failure("its build " + run.getFullDisplayName() + " was deleted")));
        }
    }
}
