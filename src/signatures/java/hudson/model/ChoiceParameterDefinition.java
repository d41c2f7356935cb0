package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ChoiceParameterDefinition extends hudson.model.SimpleParameterDefinition {
    public ChoiceParameterDefinition(String name, String[] choices, String description) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.StringParameterValue createValue(String value) {
        throw new UnsupportedOperationException();
    }
}
