package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Stapler extends jakarta.servlet.http.HttpServlet {
    public static org.kohsuke.stapler.StaplerRequest2 getCurrentRequest2() {
        throw new UnsupportedOperationException();
    }

    private Stapler() {
        throw new UnsupportedOperationException();
    }
}
