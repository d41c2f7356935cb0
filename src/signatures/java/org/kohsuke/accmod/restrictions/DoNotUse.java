package org.kohsuke.accmod.restrictions;

/** What promise jobs use of this class of access-modifier-annotation; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class DoNotUse extends org.kohsuke.accmod.AccessRestriction {
    public DoNotUse() {
        throw new UnsupportedOperationException();
    }
}
