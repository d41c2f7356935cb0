package org.kohsuke.accmod.restrictions;

/** What promise jobs use of this class of access-modifier-annotation; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class NoExternalUse extends org.kohsuke.accmod.restrictions.DoNotUse {
    private NoExternalUse() {
        throw new UnsupportedOperationException();
    }
}
