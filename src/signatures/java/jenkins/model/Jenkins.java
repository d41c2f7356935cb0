package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Jenkins extends hudson.model.AbstractCIBase
        implements jenkins.model.DirectlyModifiableTopLevelItemGroup,
                hudson.model.ModifiableViewGroup,
                hudson.security.AccessControlled,
                hudson.model.DescriptorByNameOwner,
                jenkins.model.ModelObjectWithContextMenu,
                jenkins.model.ModelObjectWithChildren {
    public static final hudson.security.Permission ADMINISTER = absent();
    public static final hudson.security.Permission READ = absent();

    private static <A> A absent() {
        throw new UnsupportedOperationException();
    }

    public <I extends hudson.model.TopLevelItem> I add(I item, String name)
            throws java.io.IOException, IllegalArgumentException {
        throw new UnsupportedOperationException();
    }

    public hudson.init.InitMilestone getInitLevel() {
        throw new UnsupportedOperationException();
    }

    public hudson.security.csrf.CrumbIssuer getCrumbIssuer() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Computer getComputer(String name) {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Computer[] getComputers() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Node.Mode getMode() {
        throw new UnsupportedOperationException();
    }

    public boolean isUseSecurity() {
        throw new UnsupportedOperationException();
    }

    public static jenkins.model.Jenkins get() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public static org.springframework.security.core.Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }

    public hudson.slaves.NodeDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Descriptor getDescriptorOrDie(Class<? extends hudson.model.Describable> type) {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public static jenkins.model.Jenkins getInstanceOrNull() {
        throw new UnsupportedOperationException();
    }

    public hudson.model.TopLevelItem getItem(String name)
            throws org.springframework.security.access.AccessDeniedException {
        throw new UnsupportedOperationException();
    }

    public hudson.model.Item getItem(String pathName, hudson.model.ItemGroup context) {
        throw new UnsupportedOperationException();
    }

    public java.util.Map<String, hudson.model.TopLevelItem> getItemMap() {
        throw new UnsupportedOperationException();
    }

    public <T extends hudson.model.Item> T getItemByFullName(String fullName, Class<T> type)
            throws org.springframework.security.access.AccessDeniedException {
        throw new UnsupportedOperationException();
    }

    public <T> java.util.List<T> getItems(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public hudson.Plugin getPlugin(String shortName) {
        throw new UnsupportedOperationException();
    }

    public java.io.File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public String getRootUrl() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public boolean isQuietingDown() {
        throw new UnsupportedOperationException();
    }

    public boolean isTerminating() {
        throw new UnsupportedOperationException();
    }

    private Jenkins() {
        throw new UnsupportedOperationException();
    }
}
