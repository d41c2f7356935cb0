package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class OptionalJobProperty<J extends hudson.model.Job<?, ?>> extends hudson.model.JobProperty<J> {
    public OptionalJobProperty() {
        throw new UnsupportedOperationException();
    }

    public jenkins.model.OptionalJobProperty.OptionalJobPropertyDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public abstract static class OptionalJobPropertyDescriptor extends hudson.model.JobPropertyDescriptor {
        protected OptionalJobPropertyDescriptor() {
            throw new UnsupportedOperationException();
        }

        public hudson.model.JobProperty<?> newInstance(
                org.kohsuke.stapler.StaplerRequest2 req, net.sf.json.JSONObject formData)
                throws hudson.model.Descriptor.FormException {
            throw new UnsupportedOperationException();
        }

        public hudson.model.JobProperty<?> newInstance(
                org.kohsuke.stapler.StaplerRequest req, net.sf.json.JSONObject formData)
                throws hudson.model.Descriptor.FormException {
            throw new UnsupportedOperationException();
        }
    }
}
