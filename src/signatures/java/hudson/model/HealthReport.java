package hudson.model;

/** What promise jobs use of this class of Jenkins 2.479.3; never packaged. */
@SuppressWarnings({"rawtypes", "unchecked"})
public class HealthReport {
    public HealthReport(int score, org.jvnet.localizer.Localizable description) {
        throw new UnsupportedOperationException();
    }
}
