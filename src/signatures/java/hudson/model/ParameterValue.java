package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ParameterValue implements java.io.Serializable {
    protected ParameterValue(String name) {
        throw new UnsupportedOperationException();
    }

    public hudson.util.VariableResolver<String> createVariableResolver(hudson.model.AbstractBuild<?, ?> build) {
        throw new UnsupportedOperationException();
    }

    public final String getName() {
        throw new UnsupportedOperationException();
    }

    public Object getValue() {
        throw new UnsupportedOperationException();
    }
}
