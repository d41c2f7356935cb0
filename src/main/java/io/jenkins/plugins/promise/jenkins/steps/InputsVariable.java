package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.orchestration.DeclaredInputs;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.GlobalVariable;

/** The variable {@code inputs}: the inputs of the promise, of the types that the contract gives them. */
@Extension
public final class InputsVariable extends GlobalVariable {
    @Override
    public String getName() {
        return "inputs";
    }

    /** Read anew each time: it is not saved with the program, for it may hold secrets. */
    @Override
    public Object getValue(CpsScript script) throws Exception {
        Run<?, ?> run = script.$build();
        BuildPromiseAction action = run == null ? null : run.getAction(BuildPromiseAction.class);
        PromiseContract contract = run == null ? null : run.getParent().getProperty(PromiseContract.class);
        if (action == null || contract == null) {
            throw new AbortException(Messages.PhaseExecution_NoPromise());
        }
        Promises promises = JenkinsController.get().promises();
        Promise promise = promises.find(action.getPromise());
        Contract declared = contract.contract();
        return new DeclaredInputs(
                declared.names(),
                declared.check(GivenInputs.of(promises.secrets().inputs(promise)))
                        .values());
    }
}
