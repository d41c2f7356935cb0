package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface HttpResponse {
    default void generateResponse(
            org.kohsuke.stapler.StaplerRequest2 req, org.kohsuke.stapler.StaplerResponse2 rsp, Object node)
            throws java.io.IOException, jakarta.servlet.ServletException {
        throw new UnsupportedOperationException();
    }
}
