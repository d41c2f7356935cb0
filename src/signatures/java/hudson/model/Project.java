package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Project<P extends hudson.model.Project<P, B>, B extends hudson.model.Build<P, B>>
        extends hudson.model.AbstractProject<P, B> implements hudson.model.BuildableItemWithBuildWrappers {
    protected Project(hudson.model.ItemGroup parent, String name) {
        super(null, null);
        throw new UnsupportedOperationException();
    }

    public hudson.util.DescribableList<hudson.tasks.Builder, hudson.model.Descriptor<hudson.tasks.Builder>>
            getBuildersList() {
        throw new UnsupportedOperationException();
    }

    public hudson.util.DescribableList<hudson.tasks.Publisher, hudson.model.Descriptor<hudson.tasks.Publisher>>
            getPublishersList() {
        throw new UnsupportedOperationException();
    }
}
