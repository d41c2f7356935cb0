package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Label extends hudson.model.Actionable
        implements Comparable<hudson.model.Label>, jenkins.model.ModelObjectWithChildren {
    protected Label(String name) {
        throw new UnsupportedOperationException();
    }

    public final int compareTo(hudson.model.Label that) {
        throw new UnsupportedOperationException();
    }

    public static hudson.model.Label get(String l) {
        throw new UnsupportedOperationException();
    }

    public java.util.Set<hudson.slaves.Cloud> getClouds() {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public java.util.Set<hudson.model.Node> getNodes() {
        throw new UnsupportedOperationException();
    }

    public int getTotalExecutors() {
        throw new UnsupportedOperationException();
    }
}
