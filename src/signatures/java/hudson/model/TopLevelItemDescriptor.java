package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class TopLevelItemDescriptor extends hudson.model.Descriptor<hudson.model.TopLevelItem> {
    protected TopLevelItemDescriptor(Class<? extends hudson.model.TopLevelItem> clazz) {
        throw new UnsupportedOperationException();
    }

    public boolean isApplicableIn(hudson.model.ItemGroup parent) {
        throw new UnsupportedOperationException();
    }

    public String getDescription() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public String getIconClassName() {
        throw new UnsupportedOperationException();
    }

    public abstract hudson.model.TopLevelItem newInstance(hudson.model.ItemGroup parent, String name);
}
