package org.kohsuke.stapler.framework.io;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class LargeText {
    protected LargeText() {
        throw new UnsupportedOperationException();
    }

    public void doProgressText(org.kohsuke.stapler.StaplerRequest2 req, org.kohsuke.stapler.StaplerResponse2 rsp)
            throws java.io.IOException {
        throw new UnsupportedOperationException();
    }
}
