package hudson.console;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ConsoleAnnotationDescriptor extends hudson.model.Descriptor<hudson.console.ConsoleNote<?>> {
    private ConsoleAnnotationDescriptor() {
        throw new UnsupportedOperationException();
    }
}
