package jenkins.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ConfidentialKey {
    protected ConfidentialKey(String id) {
        throw new UnsupportedOperationException();
    }
}
