package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class StringParameterDefinition extends hudson.model.SimpleParameterDefinition {
    public StringParameterDefinition(String name, String defaultValue, String description, boolean trim) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterValue createValue(String str) {
        throw new UnsupportedOperationException();
    }
}
