package io.jenkins.plugins.promise.report;

/** How a promise ended. */
public enum ReportStatus {
    /** The promise is fulfilled. */
    SUCCESS,
    /** The promise is rejected. */
    FAILURE
}
