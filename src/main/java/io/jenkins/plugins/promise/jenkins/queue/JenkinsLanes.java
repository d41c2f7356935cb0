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
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** So many are queued beyond what the next passes start, so that they do not have to wait for the ledger. */
    private static final int AHEAD = 6;

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

    /**
     * Twice the executors that could take a build of that lane now, but no more than passes over the queue can make use
     * of: each starts about one build on a machine, and looks at all the others in vain, with the queue locked.
     */
    public static int window(String lane) {
        if (lane.equals(ORCHESTRATION)) {
            return ORCHESTRATIONS_AT_ONCE;
        }
        IntSummaryStatistics machines = machines(lane)
                .mapToInt(Computer::countExecutors)
                .filter(executors -> executors > 0)
                .summaryStatistics();
        long useful = 2 * machines.getCount() + AHEAD;
        return (int) Math.max(AT_LEAST, Math.min(2 * machines.getSum(), useful));
    }

    /**
     * Why nothing that waits at that lane can start until a person helps; nothing if something can, or a cloud may bring an
     * agent. What asks for no label is not judged: a cloud for that tells nobody beforehand.
     */
    public static Optional<String> lack(String lane) {
        return label(lane)
                .flatMap(label -> lack(
                        label,
                        lane.startsWith(NODE)
                                ? Messages.JenkinsLanes_NoNode(lane.substring(NODE.length()))
                                : Messages.JenkinsLanes_NoAgent(lane.substring(LABEL.length()))));
    }

    private static Optional<String> lack(Label label, String told) {
        return label.getTotalExecutors() > 0 || !label.getClouds().isEmpty() ? Optional.empty() : Optional.of(told);
    }

    /** The machines that take what waits at a lane. */
    private static Stream<Computer> machines(String lane) {
        Optional<Set<Node>> labelled = label(lane).map(Label::getNodes);
        return Arrays.stream(Jenkins.get().getComputers())
                .filter(Computer::isOnline)
                .filter(c -> c.getNode() != null)
                .filter(c -> labelled.map(nodes -> nodes.contains(c.getNode()))
                        .orElseGet(() -> c.getNode().getMode() == Node.Mode.NORMAL));
    }

    /** What a lane asks for; nothing where any machine will do that takes what asks for no label. */
    private static Optional<Label> label(String lane) {
        if (lane.startsWith(NODE)) {
            return Optional.of(new LabelAtom(lane.substring(NODE.length())));
        }
        String expression = lane.startsWith(LABEL) ? lane.substring(LABEL.length()) : "";
        return expression.isEmpty() ? Optional.empty() : Optional.ofNullable(Label.get(expression));
    }
}
