package hudson.cli;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class BuildCommand extends hudson.cli.CLICommand {
    public String getShortDescription() {
        throw new UnsupportedOperationException();
    }

    protected int run() throws Exception {
        throw new UnsupportedOperationException();
    }

    private BuildCommand() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public static class CLICause extends hudson.model.Cause.UserIdCause {
        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }

        private CLICause() {
            throw new UnsupportedOperationException();
        }
    }
}
