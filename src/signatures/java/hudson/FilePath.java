package hudson;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class FilePath {
    public FilePath(java.io.File localPath) {
        throw new UnsupportedOperationException();
    }

    public interface FileCallable<T> extends java.io.Serializable {
        T invoke(java.io.File f, hudson.remoting.VirtualChannel channel)
                throws java.io.IOException, InterruptedException;
    }

    public <T> T act(hudson.FilePath.FileCallable<T> callable) throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public hudson.FilePath child(String relOrAbsolute) {
        throw new UnsupportedOperationException();
    }

    public void chmod(int mask) throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public int copyRecursiveTo(hudson.FilePath target) throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public hudson.FilePath createTempDir(String prefix, String suffix)
            throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public boolean delete() throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public void deleteRecursive() throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public String getRemote() {
        throw new UnsupportedOperationException();
    }

    public void mkdirs() throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public void write(String content, String encoding) throws java.io.IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
