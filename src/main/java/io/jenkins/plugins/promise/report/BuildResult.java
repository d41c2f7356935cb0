package io.jenkins.plugins.promise.report;

/**
 * How a build ended, whatever it may have reported.
 *
 * @param success whether it ended well
 * @param reason how, for people: {@code exit code 3}, {@code aborted by ann}
 */
public record BuildResult(boolean success, String reason) {
    /** The status that follows where nothing was reported. */
    public ReportStatus status() {
        return success ? ReportStatus.SUCCESS : ReportStatus.FAILURE;
    }
}
