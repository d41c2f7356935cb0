package hudson.slaves;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class OfflineCause {
    public OfflineCause() {
        throw new UnsupportedOperationException();
    }
}
