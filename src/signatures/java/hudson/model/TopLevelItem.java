package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface TopLevelItem extends hudson.model.Item, hudson.model.Describable<hudson.model.TopLevelItem> {
    hudson.model.TopLevelItemDescriptor getDescriptor();
}
