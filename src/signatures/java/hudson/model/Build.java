package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Build<P extends hudson.model.Project<P, B>, B extends hudson.model.Build<P, B>>
        extends hudson.model.AbstractBuild<P, B> {
    protected Build(P project, java.io.File buildDir) throws java.io.IOException {
        super(null);
        throw new UnsupportedOperationException();
    }

    protected Build(P project) throws java.io.IOException {
        super(null);
        throw new UnsupportedOperationException();
    }
}
