package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface ModelObjectWithChildren extends hudson.model.ModelObject {}
