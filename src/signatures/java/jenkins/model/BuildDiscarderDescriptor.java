package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class BuildDiscarderDescriptor extends hudson.model.Descriptor<jenkins.model.BuildDiscarder> {
    private BuildDiscarderDescriptor() {
        throw new UnsupportedOperationException();
    }
}
