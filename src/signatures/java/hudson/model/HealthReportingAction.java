package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public interface HealthReportingAction extends hudson.model.Action {
    hudson.model.HealthReport getBuildHealth();
}
