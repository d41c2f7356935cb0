package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class ForwardToView extends RuntimeException implements org.kohsuke.stapler.HttpResponse {
    private ForwardToView() {
        throw new UnsupportedOperationException();
    }
}
