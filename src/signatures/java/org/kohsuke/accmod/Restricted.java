package org.kohsuke.accmod;

/** What promise jobs use of this class of access-modifier-annotation; never packaged. */
@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
@java.lang.annotation.Documented
@SuppressWarnings({"rawtypes", "unchecked"})
public @interface Restricted {
    Class<? extends org.kohsuke.accmod.AccessRestriction>[] value();
}
