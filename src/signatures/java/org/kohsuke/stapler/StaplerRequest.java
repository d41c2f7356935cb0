package org.kohsuke.stapler;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface StaplerRequest {}
