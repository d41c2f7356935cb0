package hudson.console;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ConsoleNote<T>
        implements java.io.Serializable, hudson.model.Describable<hudson.console.ConsoleNote<?>> {
    public ConsoleNote() {
        throw new UnsupportedOperationException();
    }

    public hudson.console.ConsoleAnnotationDescriptor getDescriptor() {
        throw new UnsupportedOperationException();
    }
}
