package org.kohsuke.accmod;

/** What promise jobs use of this class of access-modifier-annotation; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AccessRestriction {
    public AccessRestriction() {
        throw new UnsupportedOperationException();
    }
}
