package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ParameterDefinition
        implements hudson.model.Describable<hudson.model.ParameterDefinition>, java.io.Serializable {
    protected ParameterDefinition(String name) {
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterDefinition.ParameterDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public abstract static class ParameterDescriptor extends hudson.model.Descriptor<hudson.model.ParameterDefinition> {
        private ParameterDescriptor() {
            throw new UnsupportedOperationException();
        }
    }
}
