package hudson.triggers;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class SafeTimerTask extends java.util.TimerTask {
    public SafeTimerTask() {
        throw new UnsupportedOperationException();
    }

    public final void run() {
        throw new UnsupportedOperationException();
    }
}
