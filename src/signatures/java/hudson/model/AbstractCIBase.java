package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractCIBase extends hudson.model.Node
        implements hudson.model.ItemGroup<hudson.model.TopLevelItem>,
                hudson.model.ViewGroup,
                hudson.security.AccessControlled,
                hudson.model.DescriptorByNameOwner {
    public AbstractCIBase() {
        throw new UnsupportedOperationException();
    }
}
