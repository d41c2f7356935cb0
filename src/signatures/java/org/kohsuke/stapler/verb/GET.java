package org.kohsuke.stapler.verb;

/** What promise jobs use of this class of Stapler 1903; never packaged. */
@java.lang.annotation.Target({java.lang.annotation.ElementType.METHOD})
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Documented
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface GET {}
