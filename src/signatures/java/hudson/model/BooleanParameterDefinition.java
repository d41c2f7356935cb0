package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class BooleanParameterDefinition extends hudson.model.SimpleParameterDefinition {
    public BooleanParameterDefinition(String name, boolean defaultValue, String description) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterValue createValue(String value) {
        throw new UnsupportedOperationException();
    }
}
