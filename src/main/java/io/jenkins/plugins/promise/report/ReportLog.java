package io.jenkins.plugins.promise.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the log is, and its end.
 *
 * @param url null if there is none
 * @param tail the last lines
 * @param truncated whether the log has more lines than {@code tail}
 */
public record ReportLog(String url, List<String> tail, boolean truncated) {
    /** Copies what it is given. */
    public ReportLog {
        tail = tail == null ? new ArrayList<>() : new ArrayList<>(tail);
    }
}
