package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractModelObject implements hudson.search.SearchableModelObject {
    public AbstractModelObject() {
        throw new UnsupportedOperationException();
    }
}
