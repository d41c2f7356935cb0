package io.jenkins.plugins.promise.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.jenkins.build.BuildOutcome;
import io.jenkins.plugins.promise.jenkins.build.BuildWatch;
import io.jenkins.plugins.promise.jenkins.build.JenkinsBuilds;
import io.jenkins.plugins.promise.jenkins.build.KeptLogs;
import io.jenkins.plugins.promise.jenkins.build.PromiseBuilds;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.jenkins.job.JenkinsVersions;
import io.jenkins.plugins.promise.jenkins.queue.KeptItems;
import io.jenkins.plugins.promise.jenkins.queue.PromiseQueue;
import io.jenkins.plugins.promise.jenkins.steps.PhaseRuns;
import io.jenkins.plugins.promise.jenkins.steps.environment.JenkinsEnvironments;
import io.jenkins.plugins.promise.jenkins.steps.environment.TakenEnvironments;
import io.jenkins.plugins.promise.jenkins.watching.JenkinsWatch;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The promise jobs of a Jenkins controller: the parts, put together, started and stopped with it. */
@Extension
@Restricted(NoExternalUse.class)
public final class JenkinsController {
    private static final Logger LOGGER = Logger.getLogger(JenkinsController.class.getName());
    private static final String FOLDER = "promises";

    private final PhaseRuns phases = new PhaseRuns();
    private final TakenEnvironments taken = new TakenEnvironments();
    private final LedgerLog log = new LedgerLog();
    private volatile ControllerParts parts;
    private volatile Dispatch dispatch;
    private BuildWatch watch;
    private volatile boolean stopping;
    private volatile String trouble = "the controller is starting";

    /** The one of this Jenkins. */
    public static JenkinsController get() {
        return ExtensionList.lookupSingleton(JenkinsController.class);
    }

    /**
     * Opens the ledger, once jobs are there and before anything is submitted. Jenkins starts without it if it cannot be
     * opened; then nothing is accepted, every route and an administrative monitor say so, and it is tried again.
     */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, fatal = false)
    @Restricted(NoExternalUse.class)
    public static void open() {
        var unused = get().tryToOpen(Jenkins.get().getRootDir().toPath().resolve(FOLDER));
    }

    /** Tells whether this call has opened it: two may come at once at a start. */
    private synchronized boolean tryToOpen(Path folder) {
        if (parts != null || stopping) {
            return false;
        }
        try {
            parts = ControllerParts.open(folder, log, phases, this::log, this::returned, this::stopping);
            trouble = null;
            return true;
        } catch (IOException | RuntimeException e) {
            log.notOpened(e);
            trouble = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** Opens the ledger if that failed before, and goes on with what is in it. */
    void tryAgain() {
        boolean loaded = Jenkins.get().getInitLevel() == InitMilestone.COMPLETED;
        if (loaded && tryToOpen(Jenkins.get().getRootDir().toPath().resolve(FOLDER))) {
            reconcile();
        }
    }

    /** Where the log of a promise's build is, and its end. */
    private Optional<ReportLog> log(Promise promise) {
        return parts.builds().run(promise).map(run -> new BuildOutcome(run, parts.promises()).log());
    }

    /**
     * Begins to go on with the open promises, once Jenkins has loaded its queue and its builds; later only with its jobs.
     */
    public synchronized void reconcile() {
        parts.versions().agree();
        if (dispatch != null) {
            return;
        }
        KeptItems kept = parts.queue().kept();
        Dispatch begun = parts.promises().begin(parts.builds(), parts.catalog());
        watch = new BuildWatch(parts.ledger(), parts.promises(), parts.builds(), begun, phases::waits, parts.opened());
        dispatch = begun;
        new Resumption(kept, begun, this::stopping, this::resumed).start();
    }

    /** Before anything is built, all that waits is looked at anyway. */
    private void returned(String promise) {
        if (dispatch != null) {
            dispatch.returned(promise);
        }
    }

    private void resumed() {
        if (parts.ledger().shared()) {
            dispatch.share(PromiseConfiguration.get().lease(), () -> Timer.get().execute(this::fenced));
        }
        parts.watching().begin();
        // It has counted; a kill from now on is a kill.
        parts.shutdown().delete();
    }

    /** Stops accepting and delivering; what is open goes on after the next start. */
    @Terminator
    @Restricted(NoExternalUse.class)
    public static void close() throws IOException {
        get().stop();
    }

    private void stop() throws IOException {
        boolean open = started();
        stopping = true;
        if (open) {
            parts.shutdown().write(Instant.now());
            closeAll();
        }
    }

    private void closeAll() throws IOException {
        if (dispatch != null) {
            dispatch.close();
        }
        parts.close(phases);
    }

    /** Others have taken this controller for dead, and have what it had: it stops all of it, and takes nothing more. */
    private void fenced() {
        trouble = Messages.JenkinsController_Fenced();
        stopping = true;
        LOGGER.log(Level.SEVERE, trouble);
        parts.promises().stopAccepting();
        new PromiseBuilds().stop(trouble);
        try {
            closeAll();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the ledger could not be closed; nothing is lost by it", e);
        }
    }

    /** What keeps promises from being accepted, for an administrator; nothing if they are. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Whether Jenkins goes down, so that what ends now was ended by that. */
    public boolean stopping() {
        return stopping || Jenkins.get().isTerminating();
    }

    /** Whether the ledger is open. */
    public boolean started() {
        return parts != null && !stopping;
    }

    /** Whether promises are being built. */
    public boolean dispatching() {
        return started() && dispatch != null;
    }

    /** Drops what is older than the retention. */
    void drop() {
        parts.promises().drop();
        parts.logs().drop();
    }

    public Promises promises() {
        return parts.promises();
    }

    public KeptLogs logs() {
        return parts.logs();
    }

    public Ledger ledger() {
        return parts.ledger();
    }

    public Dispatch dispatch() {
        return dispatch;
    }

    public BuildWatch watch() {
        return watch;
    }

    public JenkinsCatalog catalog() {
        return parts.catalog();
    }

    public JenkinsVersions versions() {
        return parts.versions();
    }

    public PromiseQueue queue() {
        return parts.queue();
    }

    public JenkinsWatch watching() {
        return parts.watching();
    }

    public JenkinsBuilds builds() {
        return parts.builds();
    }

    public Deployments deployments() {
        return parts.deployments();
    }

    public PhaseRuns phases() {
        return phases;
    }

    public Book book() {
        return parts.book();
    }

    public JenkinsEnvironments environments() {
        return parts.environments();
    }

    public TakenEnvironments takenEnvironments() {
        return taken;
    }
}
