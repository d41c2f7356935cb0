package com.cloudbees.hudson.plugins.folder;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractFolder<I extends hudson.model.TopLevelItem> extends hudson.model.AbstractItem
        implements hudson.model.TopLevelItem,
                hudson.model.ItemGroup<I>,
                hudson.model.ModifiableViewGroup,
                jenkins.model.ModelObjectWithChildren {
    protected transient java.util.Map<String, I> items;

    protected AbstractFolder(hudson.model.ItemGroup parent, String name) {
        super(null, null);
        throw new UnsupportedOperationException();
    }

    public com.cloudbees.hudson.plugins.folder.AbstractFolderDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    public I getItem(String name) throws org.springframework.security.access.AccessDeniedException {
        throw new UnsupportedOperationException();
    }

    protected void init() {
        throw new UnsupportedOperationException();
    }

    public boolean isNameEditable() {
        throw new UnsupportedOperationException();
    }

    protected final I itemsPut(String name, I item) {
        throw new UnsupportedOperationException();
    }

    public synchronized void save() throws java.io.IOException {
        throw new UnsupportedOperationException();
    }
}
