package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
public interface BuildListener extends hudson.model.TaskListener {}
