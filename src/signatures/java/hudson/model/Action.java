package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface Action extends hudson.model.ModelObject {
    String getDisplayName();

    String getIconFileName();

    String getUrlName();
}
