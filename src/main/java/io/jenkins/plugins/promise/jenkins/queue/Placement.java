package io.jenkins.plugins.promise.jenkins.queue;

import hudson.model.Label;
import hudson.model.labels.LabelAssignmentAction;
import hudson.model.labels.LabelAtom;
import hudson.model.queue.SubTask;

/** Where a worker's build may run: as its call, or an input of type node or label, says. */
public final class Placement implements LabelAssignmentAction {
    private final String node;
    private final String label;

    /**
     * A placement.
     *
     * @param node the one node; null for any
     * @param label a label expression, used if no node is given; null for any
     */
    public Placement(String node, String label) {
        this.node = node;
        this.label = label;
    }

    @Override
    public Label getAssignedLabel(SubTask task) {
        return node != null ? new LabelAtom(node) : Label.get(label);
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
