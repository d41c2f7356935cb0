package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
public interface StaplerProxy {
    Object getTarget();
}
