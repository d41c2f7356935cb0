package jenkins;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
public abstract class MasterToSlaveFileCallable<T> implements hudson.FilePath.FileCallable<T> {
    public MasterToSlaveFileCallable() {
        throw new UnsupportedOperationException();
    }
}
