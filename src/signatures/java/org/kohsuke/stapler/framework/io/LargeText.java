package org.kohsuke.stapler.framework.io;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class LargeText {
    protected LargeText() {
        throw new UnsupportedOperationException();
    }
}
