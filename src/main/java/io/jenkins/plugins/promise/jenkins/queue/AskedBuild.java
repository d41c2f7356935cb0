package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Action;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.util.Secret;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.jenkins.build.PromiseCauses;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A build of a promise job that Jenkins was asked for.
 *
 * @param job has a contract
 * @param actions what it is queued with: its parameters and its causes
 */
record AskedBuild(Job<?, ?> job, List<? extends Action> actions) {
    /** It as a submission. */
    Submission submission() {
        Submitter submitter = PromiseCauses.submitter(actions);
        return Submission.of(PromiseContract.nameOf(job), given(submitter), null, submitter);
    }

    /**
     * What a trigger gives beside the declared inputs is left out, as Jenkins leaves it out of the build: nobody is there
     * who could be told.
     */
    private GivenInputs given(Submitter submitter) {
        Map<String, String> values = given();
        if (submitter.kind() == Submitter.Kind.TIMER || submitter.kind() == Submitter.Kind.UNKNOWN) {
            values.keySet()
                    .retainAll(job.getProperty(PromiseContract.class).contract().names());
        }
        return GivenInputs.of(values);
    }

    private Map<String, String> given() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Action action : actions) {
            if (action instanceof ParametersAction parameters) {
                for (ParameterValue value : parameters.getAllParameters()) {
                    values.put(value.getName(), text(value));
                }
            }
        }
        return values;
    }

    private static String text(ParameterValue parameter) {
        Object value = parameter.getValue();
        if (value instanceof Secret secret) {
            return secret.getPlainText();
        }
        // Some parameters tell their value as a variable only.
        Object told = value == null ? parameter.createVariableResolver(null).resolve(parameter.getName()) : value;
        return told == null ? "" : told.toString();
    }
}
