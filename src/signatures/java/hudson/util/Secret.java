package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class Secret implements java.io.Serializable {
    public static hudson.util.Secret decrypt(String data) {
        throw new UnsupportedOperationException();
    }

    public static hudson.util.Secret fromString(String data) {
        throw new UnsupportedOperationException();
    }

    public String getEncryptedValue() {
        throw new UnsupportedOperationException();
    }

    public String getPlainText() {
        throw new UnsupportedOperationException();
    }

    private Secret() {
        throw new UnsupportedOperationException();
    }
}
