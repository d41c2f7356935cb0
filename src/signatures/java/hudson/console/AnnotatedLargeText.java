package hudson.console;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class AnnotatedLargeText<T> extends org.kohsuke.stapler.framework.io.LargeText {
    public long writeLogTo(long start, java.io.OutputStream out) throws java.io.IOException {
        throw new UnsupportedOperationException();
    }

    private AnnotatedLargeText() {
        throw new UnsupportedOperationException();
    }
}
