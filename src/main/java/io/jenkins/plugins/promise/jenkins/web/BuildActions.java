package io.jenkins.plugins.promise.jenkins.web;

import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.SimpleParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.queue.Placement;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a promise's build is queued with: the promise, its cause, its parameters and where it may run. */
public final class BuildActions {
    private final Job<?, ?> job;
    private final Promise promise;

    public BuildActions(Job<?, ?> job, Promise promise) {
        this.job = job;
        this.promise = promise;
    }

    /**
     * All of it.
     *
     * @param inputs secrets in clear
     * @param causes why it is built
     */
    public List<Action> with(Map<String, String> inputs, CauseAction causes) {
        List<Action> actions = new ArrayList<>();
        actions.add(new BuildPromiseAction(promise.id()));
        // The first one that knows a label counts, and parameters may know one too.
        Placement.of(job, promise).ifPresent(actions::add);
        actions.add(causes);
        actions.add(parameters(inputs));
        return actions;
    }

    private ParametersAction parameters(Map<String, String> inputs) {
        PromiseContract contract = job.getProperty(PromiseContract.class);
        List<ParameterValue> values = new ArrayList<>();
        inputs.forEach((name, value) -> {
            ParameterDefinition definition = contract == null ? null : contract.getParameterDefinition(name);
            values.add(
                    definition instanceof SimpleParameterDefinition simple
                            ? simple.createValue(value)
                            : new StringParameterValue(name, value));
        });
        return new ParametersAction(values, inputs.keySet());
    }
}
