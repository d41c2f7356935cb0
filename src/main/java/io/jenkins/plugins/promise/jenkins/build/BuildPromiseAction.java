package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.Action;
import hudson.model.HealthReport;
import hudson.model.HealthReportingAction;
import hudson.model.Queue;
import hudson.model.queue.FoldableAction;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.PromisesRootAction;
import io.jenkins.plugins.promise.jenkins.web.page.PromiseHealth;
import io.jenkins.plugins.promise.jenkins.web.page.PromiseListItem;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.List;

/** What ties a queue item, and then its build, to its promise. */
public final class BuildPromiseAction implements Queue.QueueAction, FoldableAction, HealthReportingAction {
    private final String promise;
    private String reportedStatus;
    private String reportedReason;
    private String reportedData;
    private Integer exitCode;
    private boolean disowned;
    private PartReports parts;
    private transient volatile Promise first;

    /** The action of the build of that promise. */
    public BuildPromiseAction(String promise) {
        this.promise = promise;
    }

    /** The promise's id. */
    public String getPromise() {
        return promise;
    }

    /**
     * The promise as it was when its build asked for it first: a build asks often, and what it was given stays.
     *
     * @throws Refused if it is kept no more
     */
    Promise first() throws Refused {
        Promise known = first;
        if (known == null) {
            known = JenkinsController.get().promises().find(promise);
            first = known;
        }
        return known;
    }

    /** It as lists have it, for the build's page; null if it is kept no more. */
    public PromiseListItem getLine() {
        return PromiseListItem.find(promise).orElse(null);
    }

    /** How the last promises of its job ended; null if none has. */
    @Override
    public HealthReport getBuildHealth() {
        return PromiseHealth.of(promise).orElse(null);
    }

    /** Takes note of what the step {@code report} said; the last one counts. */
    public synchronized void report(ReportedOutcome outcome) {
        reportedStatus = outcome.status().name();
        reportedReason = outcome.reason();
        reportedData = outcome.data();
    }

    /** Takes note of what a part of the build reported, as a configuration of a matrix does. */
    synchronized void partReported(String part, Outcome outcome) {
        if (parts == null) {
            parts = new PartReports();
        }
        parts.add(part, outcome);
    }

    /** What the step {@code report} said, or else the build's parts together; null if nobody said anything. */
    synchronized ReportedOutcome reported() {
        if (reportedStatus == null) {
            return parts == null ? null : parts.together();
        }
        return new ReportedOutcome(ReportStatus.valueOf(reportedStatus), reportedReason, reportedData);
    }

    /** Takes note of how a worker's script ended. */
    synchronized void exited(int code) {
        exitCode = code;
    }

    /** How the worker's script ended; null if it has not, or there is none. */
    synchronized Integer exitCode() {
        return exitCode;
    }

    /** Takes the build from its promise, which gets another one. */
    synchronized void disown() {
        disowned = true;
    }

    /** Whether its promise has got another build. */
    synchronized boolean disowned() {
        return disowned;
    }

    /** Two submissions with the same inputs are two promises. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return true;
    }

    @Override
    public void foldIntoExisting(Queue.Item item, Queue.Task owner, List<Action> otherActions) {
        // Nothing is folded: shouldSchedule asks for an item of its own.
    }

    @Override
    public String getIconFileName() {
        return "symbol-checkmark-done-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildPromiseAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "/" + PromisesRootAction.URL + "/" + promise;
    }
}
