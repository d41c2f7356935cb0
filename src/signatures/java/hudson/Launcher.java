package hudson;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Launcher {
    public final hudson.Launcher.ProcStarter launch() {
        throw new UnsupportedOperationException();
    }

    private Launcher() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public final class ProcStarter {
        public hudson.Launcher.ProcStarter cmds(java.util.List<String> args) {
            throw new UnsupportedOperationException();
        }

        public hudson.Launcher.ProcStarter envs(java.util.Map<String, String> overrides) {
            throw new UnsupportedOperationException();
        }

        public int join() throws java.io.IOException, InterruptedException {
            throw new UnsupportedOperationException();
        }

        public hudson.Launcher.ProcStarter pwd(hudson.FilePath workDir) {
            throw new UnsupportedOperationException();
        }

        public hudson.Launcher.ProcStarter quiet(boolean quiet) {
            throw new UnsupportedOperationException();
        }

        public hudson.Launcher.ProcStarter stdout(hudson.model.TaskListener out) {
            throw new UnsupportedOperationException();
        }

        private ProcStarter() {
            throw new UnsupportedOperationException();
        }
    }
}
