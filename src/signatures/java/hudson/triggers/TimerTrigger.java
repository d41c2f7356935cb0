package hudson.triggers;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class TimerTrigger extends hudson.triggers.Trigger<hudson.model.BuildableItem> {
    private TimerTrigger() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public static class TimerTriggerCause extends hudson.model.Cause {
        public TimerTriggerCause() {
            throw new UnsupportedOperationException();
        }

        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }
    }
}
