package hudson.model.queue;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class Tasks {
    public static org.springframework.security.core.Authentication getAuthenticationOf2(hudson.model.Queue.Task t) {
        throw new UnsupportedOperationException();
    }

    private Tasks() {
        throw new UnsupportedOperationException();
    }
}
