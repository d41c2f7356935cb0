package hudson;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class EnvVars extends java.util.TreeMap<String, String> {
    public EnvVars(hudson.EnvVars m) {
        throw new UnsupportedOperationException();
    }

    public String put(String key, String value) {
        throw new UnsupportedOperationException();
    }
}
