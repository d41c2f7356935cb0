package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractItem extends hudson.model.Actionable
        implements hudson.model.Item, hudson.security.AccessControlled, hudson.model.DescriptorByNameOwner {
    protected AbstractItem(hudson.model.ItemGroup parent, String name) {
        throw new UnsupportedOperationException();
    }

    public void delete() throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public hudson.security.ACL getACL() {
        throw new UnsupportedOperationException();
    }

    public String getDescription() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public final String getFullName() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.ItemGroup getParent() {
        throw new UnsupportedOperationException();
    }

    public final String getUrl() {
        throw new UnsupportedOperationException();
    }

    public void setDescription(String description) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    public java.io.File getRootDir() {
        throw new UnsupportedOperationException();
    }
}
