package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.labels.LabelAssignmentAction;
import hudson.model.labels.LabelAtom;
import hudson.model.queue.SubTask;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.util.Optional;

/**
 * Where a promise's build may run, whatever else is said of it. That of a worker: where its call, or an input of type node
 * or label, says. A Pipeline takes no executor, so inputs of these types say nothing of where itself runs.
 */
public final class Placement implements LabelAssignmentAction {
    private final String node;
    private final String label;

    /**
     * A placement.
     *
     * @param node the one node; null for any
     * @param label a label expression, used if no node is given; null for any
     */
    private Placement(String node, String label) {
        this.node = node;
        this.label = label;
    }

    /** Where the build of a promise may run; nothing if its job says so alone. */
    public static Optional<Placement> of(Job<?, ?> job, Promise promise) {
        PromiseContract property = job.getProperty(PromiseContract.class);
        if (property == null) {
            return called(promise.parent());
        }
        Contract contract = property.contract();
        if (job instanceof Queue.FlyweightTask) {
            return declares(contract, InputType.NODE) || declares(contract, InputType.LABEL)
                    ? Optional.of(new Placement(null, null))
                    : Optional.empty();
        }
        return called(promise.parent()).or(() -> {
            String node = given(contract, InputType.NODE, promise);
            String label = given(contract, InputType.LABEL, promise);
            return node == null && label == null ? Optional.empty() : Optional.of(new Placement(node, label));
        });
    }

    private static Optional<Placement> called(ParentCall call) {
        return call == null || (call.node() == null && call.label() == null)
                ? Optional.empty()
                : Optional.of(new Placement(call.node(), call.label()));
    }

    private static boolean declares(Contract contract, InputType type) {
        return contract.inputs().stream().anyMatch(i -> i.type() == type);
    }

    private static String given(Contract contract, InputType type, Promise promise) {
        return contract.inputs().stream()
                .filter(i -> i.type() == type)
                .map(Input::name)
                .map(promise.inputs()::get)
                .filter(v -> v != null && !v.isEmpty())
                .findFirst()
                .orElse(null);
    }

    @Override
    public Label getAssignedLabel(SubTask task) {
        if (node != null) {
            return new LabelAtom(node);
        }
        return label != null ? Label.get(label) : task.getAssignedLabel();
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
