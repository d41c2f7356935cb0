package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.promise.acceptance.host.Lanes;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** The windows of Jenkins' queue: one for each label that workers ask for, and one for orchestrations. */
public final class JenkinsLanes implements Lanes {
    private static final String ORCHESTRATION = "orchestration";
    private static final String NODE = "node ";
    private static final String LABEL = "label ";
    /** Orchestrations take no executor; so many enter the queue at once. */
    private static final int ORCHESTRATIONS_AT_ONCE = 100;
    /** Where no agent has the label some are queued all the same, so that Jenkins can say so. */
    private static final int AT_LEAST = 2;

    @Override
    public String of(Deployed job, ParentCall call, Map<String, String> inputs) {
        if (job.kind() == JobKind.ORCHESTRATION) {
            return ORCHESTRATION;
        }
        String node = first(call == null ? null : call.node(), input(job, InputType.NODE, inputs));
        if (node != null) {
            return NODE + node;
        }
        String label = first(call == null ? null : call.label(), input(job, InputType.LABEL, inputs), job.label());
        return LABEL + (label == null ? "" : label);
    }

    private static String first(String... given) {
        return Stream.of(given)
                .filter(g -> g != null && !g.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String input(Deployed job, InputType type, Map<String, String> inputs) {
        return job.contract().inputs().stream()
                .filter(i -> i.type() == type)
                .map(Input::name)
                .map(inputs::get)
                .filter(v -> v != null && !v.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** About twice the executors that could take a build of that lane now. */
    public static int window(String lane) {
        if (lane.equals(ORCHESTRATION)) {
            return ORCHESTRATIONS_AT_ONCE;
        }
        return Math.max(AT_LEAST, 2 * executors(lane));
    }

    /**
     * Why nothing that waits at that lane can start until a person helps; nothing if something can, or a cloud may bring an
     * agent. What asks for no label is not judged: a cloud for that tells nobody beforehand.
     */
    public static Optional<String> lack(String lane) {
        if (lane.startsWith(NODE)) {
            String node = lane.substring(NODE.length());
            return lack(new LabelAtom(node), Messages.JenkinsLanes_NoNode(node));
        }
        String expression = lane.startsWith(LABEL) ? lane.substring(LABEL.length()) : "";
        Label label = expression.isEmpty() ? null : Label.get(expression);
        return label == null ? Optional.empty() : lack(label, Messages.JenkinsLanes_NoAgent(expression));
    }

    private static Optional<String> lack(Label label, String told) {
        return label.getTotalExecutors() > 0 || !label.getClouds().isEmpty() ? Optional.empty() : Optional.of(told);
    }

    private static int executors(String lane) {
        if (lane.startsWith(NODE)) {
            return new LabelAtom(lane.substring(NODE.length())).getTotalExecutors();
        }
        String expression = lane.substring(LABEL.length());
        Label label = expression.isEmpty() ? null : Label.get(expression);
        return label == null ? free() : label.getTotalExecutors();
    }

    /** The executors that take what asks for no label. */
    private static int free() {
        return Arrays.stream(Jenkins.get().getComputers())
                .filter(Computer::isOnline)
                .filter(c -> c.getNode() != null && c.getNode().getMode() == Node.Mode.NORMAL)
                .mapToInt(Computer::countExecutors)
                .sum();
    }
}
