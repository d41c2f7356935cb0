package io.jenkins.plugins.promise.jenkins.web;

import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportLog;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** Where this Jenkins is reached, and tells of promises. */
public final class JenkinsLinks {
    private JenkinsLinks() {}

    /** Where this controller tells of promises. */
    public static Links promises() {
        return promises(promise -> Optional.empty());
    }

    /** The same, with the logs of what runs. */
    public static Links promises(Function<Promise, Optional<ReportLog>> logs) {
        return new Links(JenkinsLinks::base, promise -> promise.progress().queueItem(), logs);
    }

    /** Where this controller is reached, without a slash at the end; empty if no administrator has said so. */
    public static String base() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "" : root.replaceFirst("/+$", "");
    }
}
