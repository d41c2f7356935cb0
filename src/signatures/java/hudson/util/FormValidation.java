package hudson.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class FormValidation extends java.io.IOException implements org.kohsuke.stapler.HttpResponse {
    public static hudson.util.FormValidation error(String message) {
        throw new UnsupportedOperationException();
    }

    public static hudson.util.FormValidation ok() {
        throw new UnsupportedOperationException();
    }

    public static hudson.util.FormValidation ok(String message) {
        throw new UnsupportedOperationException();
    }

    public static hudson.util.FormValidation warning(String message) {
        throw new UnsupportedOperationException();
    }

    private FormValidation() {
        throw new UnsupportedOperationException();
    }
}
