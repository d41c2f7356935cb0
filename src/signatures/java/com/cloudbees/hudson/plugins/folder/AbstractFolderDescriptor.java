package com.cloudbees.hudson.plugins.folder;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractFolderDescriptor extends hudson.model.TopLevelItemDescriptor {
    protected AbstractFolderDescriptor() {
        super(null);
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
