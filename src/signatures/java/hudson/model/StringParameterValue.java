package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class StringParameterValue extends hudson.model.ParameterValue {
    public StringParameterValue(String name, String value) {
        super(null);
        throw new UnsupportedOperationException();
    }
}
