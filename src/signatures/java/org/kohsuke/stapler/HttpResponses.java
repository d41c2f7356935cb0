package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class HttpResponses {
    public static org.kohsuke.stapler.ForwardToView forwardToView(Object it, String view) {
        throw new UnsupportedOperationException();
    }

    public static org.kohsuke.stapler.HttpResponses.HttpResponseException notFound() {
        throw new UnsupportedOperationException();
    }

    public static org.kohsuke.stapler.HttpResponses.HttpResponseException redirectViaContextPath(String relative) {
        throw new UnsupportedOperationException();
    }

    public static org.kohsuke.stapler.HttpResponse redirectToDot() {
        throw new UnsupportedOperationException();
    }

    public static org.kohsuke.stapler.HttpResponse text(String text) {
        throw new UnsupportedOperationException();
    }

    private HttpResponses() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public abstract static class HttpResponseException extends RuntimeException
            implements org.kohsuke.stapler.HttpResponse {
        private HttpResponseException() {
            throw new UnsupportedOperationException();
        }
    }
}
