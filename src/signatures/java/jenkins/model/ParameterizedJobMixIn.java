package jenkins.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class ParameterizedJobMixIn<
        JobT extends
                hudson.model.Job<JobT, RunT> & jenkins.model.ParameterizedJobMixIn.ParameterizedJob<JobT, RunT>
                        & hudson.model.Queue.Task,
        RunT extends hudson.model.Run<JobT, RunT> & hudson.model.Queue.Executable> {
    private ParameterizedJobMixIn() {
        throw new UnsupportedOperationException();
    }

    /** See the class around it. */
    public interface ParameterizedJob<
                    JobT extends
                            hudson.model.Job<JobT, RunT>
                                    & jenkins.model.ParameterizedJobMixIn.ParameterizedJob<JobT, RunT>
                                    & hudson.model.Queue.Task,
                    RunT extends hudson.model.Run<JobT, RunT> & hudson.model.Queue.Executable>
            extends hudson.model.BuildableItem, jenkins.triggers.TriggeredItem {}
}
