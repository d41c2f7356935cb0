package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class PeriodicWork extends hudson.triggers.SafeTimerTask {
    public PeriodicWork() {
        throw new UnsupportedOperationException();
    }

    public abstract long getRecurrencePeriod();
}
