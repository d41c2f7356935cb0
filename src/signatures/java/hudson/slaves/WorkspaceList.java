package hudson.slaves;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class WorkspaceList {
    public static hudson.FilePath tempDir(hudson.FilePath ws) {
        throw new UnsupportedOperationException();
    }

    private WorkspaceList() {
        throw new UnsupportedOperationException();
    }
}
