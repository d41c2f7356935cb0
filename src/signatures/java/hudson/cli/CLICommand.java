package hudson.cli;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class CLICommand implements hudson.ExtensionPoint, Cloneable {
    public transient java.io.PrintStream stdout;

    public transient java.io.InputStream stdin;

    public CLICommand() {
        throw new UnsupportedOperationException();
    }

    public abstract String getShortDescription();

    protected abstract int run() throws Exception;
}
