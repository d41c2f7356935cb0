package hudson.model.queue;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CauseOfBlockage {
    public CauseOfBlockage() {
        throw new UnsupportedOperationException();
    }

    public static hudson.model.queue.CauseOfBlockage fromMessage(org.jvnet.localizer.Localizable l) {
        throw new UnsupportedOperationException();
    }

    public abstract String getShortDescription();
}
