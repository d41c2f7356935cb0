package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class GlobalConfiguration extends hudson.model.Descriptor<jenkins.model.GlobalConfiguration>
        implements hudson.model.Describable<jenkins.model.GlobalConfiguration> {
    protected GlobalConfiguration() {
        throw new UnsupportedOperationException();
    }

    public static hudson.ExtensionList<jenkins.model.GlobalConfiguration> all() {
        throw new UnsupportedOperationException();
    }

    public boolean configure(org.kohsuke.stapler.StaplerRequest2 req, net.sf.json.JSONObject json)
            throws hudson.model.Descriptor.FormException {
        throw new UnsupportedOperationException();
    }

    public final hudson.model.Descriptor<jenkins.model.GlobalConfiguration> getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
