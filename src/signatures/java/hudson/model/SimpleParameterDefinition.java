package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class SimpleParameterDefinition extends hudson.model.ParameterDefinition {
    protected SimpleParameterDefinition(String name) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public abstract hudson.model.ParameterValue createValue(String value);
}
