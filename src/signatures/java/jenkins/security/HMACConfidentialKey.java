package jenkins.security;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class HMACConfidentialKey extends jenkins.security.ConfidentialKey {
    public HMACConfidentialKey(Class owner, String shortName) {
        super(null);
        throw new UnsupportedOperationException();
    }

    public String mac(String message) {
        throw new UnsupportedOperationException();
    }
}
