package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CauseOfInterruption implements java.io.Serializable {
    public CauseOfInterruption() {
        throw new UnsupportedOperationException();
    }

    public abstract String getShortDescription();
}
