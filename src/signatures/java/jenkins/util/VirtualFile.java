package jenkins.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class VirtualFile implements Comparable<jenkins.util.VirtualFile>, java.io.Serializable {
    public VirtualFile() {
        throw new UnsupportedOperationException();
    }

    public abstract jenkins.util.VirtualFile child(String name);

    public final int compareTo(jenkins.util.VirtualFile o) {
        throw new UnsupportedOperationException();
    }

    public abstract java.io.InputStream open() throws java.io.IOException;
}
