package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BuildDiscarder extends hudson.model.AbstractDescribableImpl<jenkins.model.BuildDiscarder> {
    public BuildDiscarder() {
        throw new UnsupportedOperationException();
    }

    public jenkins.model.BuildDiscarderDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
