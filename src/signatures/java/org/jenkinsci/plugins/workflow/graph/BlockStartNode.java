package org.jenkinsci.plugins.workflow.graph;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BlockStartNode extends org.jenkinsci.plugins.workflow.graph.FlowNode {
    private BlockStartNode() {
        super(null, null, null);
        throw new UnsupportedOperationException();
    }
}
