package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ParametersDefinitionProperty extends jenkins.model.OptionalJobProperty<hudson.model.Job<?, ?>>
        implements hudson.model.Action {
    public ParametersDefinitionProperty(java.util.List<hudson.model.ParameterDefinition> parameterDefinitions) {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.ParameterDefinition getParameterDefinition(String name) {
        throw new UnsupportedOperationException();
    }

    public String getUrlName() {
        throw new UnsupportedOperationException();
    }

    private Object readResolve() {
        throw new UnsupportedOperationException();
    }
}
