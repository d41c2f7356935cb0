package org.jenkinsci.plugins.workflow.actions;

/** What promise jobs use of this class of workflow-api; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface PersistentAction extends hudson.model.Action {}
