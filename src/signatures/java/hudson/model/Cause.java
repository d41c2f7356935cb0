package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Cause {
    public Cause() {
        throw new UnsupportedOperationException();
    }

    public abstract String getShortDescription();

    /** See the class around it. */
    public static class RemoteCause extends hudson.model.Cause {
        public RemoteCause(String host, String note) {
            throw new UnsupportedOperationException();
        }

        public String getAddr() {
            throw new UnsupportedOperationException();
        }

        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }
    }

    /** See the class around it. */
    public static class UpstreamCause extends hudson.model.Cause {
        public UpstreamCause(hudson.model.Run<?, ?> up) {
            throw new UnsupportedOperationException();
        }

        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }

        public int getUpstreamBuild() {
            throw new UnsupportedOperationException();
        }

        public String getUpstreamProject() {
            throw new UnsupportedOperationException();
        }
    }

    /** See the class around it. */
    public static class UserIdCause extends hudson.model.Cause {
        public UserIdCause() {
            throw new UnsupportedOperationException();
        }

        public UserIdCause(String userId) {
            throw new UnsupportedOperationException();
        }

        public String getUserId() {
            throw new UnsupportedOperationException();
        }

        public String getShortDescription() {
            throw new UnsupportedOperationException();
        }
    }
}
