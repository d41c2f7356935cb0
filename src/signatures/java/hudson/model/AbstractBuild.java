package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class AbstractBuild<
                P extends hudson.model.AbstractProject<P, R>, R extends hudson.model.AbstractBuild<P, R>>
        extends hudson.model.Run<P, R> implements hudson.model.Queue.Executable {
    protected AbstractBuild(P job) throws java.io.IOException {
        super(null);
        throw new UnsupportedOperationException();
    }

    public hudson.model.AbstractBuild<?, ?> getRootBuild() {
        throw new UnsupportedOperationException();
    }

    public String getBuiltOnStr() {
        throw new UnsupportedOperationException();
    }
}
