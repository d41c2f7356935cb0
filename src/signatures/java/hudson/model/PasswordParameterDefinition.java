package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class PasswordParameterDefinition extends hudson.model.SimpleParameterDefinition {
    public PasswordParameterDefinition(String name, hudson.util.Secret defaultValueAsSecret, String description) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterValue createValue(String value) {
        throw new UnsupportedOperationException();
    }
}
