package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class TextParameterDefinition extends hudson.model.StringParameterDefinition {
    public TextParameterDefinition(String name, String defaultValue, String description) {
        super(null, null, null, false);
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterValue createValue(String value) {
        throw new UnsupportedOperationException();
    }
}
