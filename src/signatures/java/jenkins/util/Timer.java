package jenkins.util;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Timer {
    public static java.util.concurrent.ScheduledExecutorService get() {
        throw new UnsupportedOperationException();
    }

    private Timer() {
        throw new UnsupportedOperationException();
    }
}
