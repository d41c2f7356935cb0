package io.jenkins.plugins.promise.jenkins.build;

import hudson.model.AbstractBuild;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.web.JenkinsLinks;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportLog;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;

/** What a build that has ended, or ends now, settles its promise with. */
public final class BuildOutcome {
    private static final Logger LOGGER = Logger.getLogger(BuildOutcome.class.getName());
    private static final int TAIL = 20;
    /** Of a log so many lines at its end are looked at for those that people wrote. */
    private static final int MOST_READ = 500;
    /** What Pipeline writes of itself begins so. */
    private static final String ENGINE = "[Pipeline] ";

    private final Run<?, ?> run;
    private final Promises promises;

    public BuildOutcome(Run<?, ?> run, Promises promises) {
        this.run = run;
        this.promises = promises;
    }

    /** As the step {@code report} said, or else as the build's result says. */
    public Outcome outcome() {
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        ReportedOutcome reported = action == null ? null : action.reported();
        BuildResult result = result();
        Outcome outcome = reported == null ? published(result) : reported.with(result);
        return outcome.withLog(log());
    }

    /** What the publisher kept with the build, if it could not settle the promise any more before a crash. */
    private Outcome published(BuildResult result) {
        Path kept = run.getRootDir().toPath().resolve(ReportReader.FILE);
        return Files.exists(kept)
                ? new ReportReader(ReportReader.DEFAULT_MAX_BYTES)
                        .read(run.getRootDir().toPath(), result)
                : ReportedOutcome.none(result);
    }

    /** How the build has ended or, while its last steps run, would end now. */
    BuildResult result() {
        Result result = run.getResult();
        Integer exitCode = run.getAction(BuildPromiseAction.class).exitCode();
        if (result == null || result.equals(Result.SUCCESS)) {
            return new BuildResult(true, exitCode == null ? phases() : "exit code " + exitCode);
        }
        if (exitCode != null && exitCode != 0 && result.equals(Result.FAILURE)) {
            return new BuildResult(false, "exit code " + exitCode);
        }
        String failure = PipelineFailure.of(run);
        if (!failure.isEmpty() && !result.equals(Result.ABORTED)) {
            return new BuildResult(false, failure);
        }
        InterruptedBuildAction interrupted = run.getAction(InterruptedBuildAction.class);
        String why = interrupted == null
                ? ""
                : interrupted.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .collect(Collectors.joining("; ", ": ", ""));
        return new BuildResult(
                false,
                run.getFullDisplayName() + " ended with " + result.toString().toLowerCase(Locale.ROOT) + why);
    }

    private String phases() {
        if (run instanceof AbstractBuild<?, ?>) {
            // Only Pipelines have phases.
            return run.getFullDisplayName() + " ended with success";
        }
        BuildPromiseAction action = run.getAction(BuildPromiseAction.class);
        try {
            Promise promise = promises.find(action.getPromise());
            if (!promise.phases().isEmpty()) {
                int workers = promise.phases().stream()
                        .mapToInt(p -> p.workers().size())
                        .sum();
                return Phase.told(workers, promise.phases().size());
            }
        } catch (Refused e) {
            LOGGER.log(Level.FINE, "a build without its promise", e);
        }
        return run.getFullDisplayName() + " ended with success";
    }

    /** Where the build's log is, and its end. */
    public ReportLog log() {
        String url = JenkinsLinks.base() + "/" + run.getUrl() + "console";
        try {
            List<String> read = run.getLog(MOST_READ);
            boolean more = read.size() >= MOST_READ;
            // Where there is more, the first line only says how much.
            List<String> lines = read.stream()
                    .skip(more ? 1 : 0)
                    .filter(line -> !line.startsWith(ENGINE))
                    .toList();
            boolean cut = more || lines.size() > TAIL;
            return new ReportLog(url, lines.subList(Math.max(0, lines.size() - TAIL), lines.size()), cut);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the log of " + run + " cannot be read", e);
            return new ReportLog(url, List.of(), true);
        }
    }
}
