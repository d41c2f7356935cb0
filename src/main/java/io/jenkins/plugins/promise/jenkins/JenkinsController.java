package io.jenkins.plugins.promise.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.jenkins.build.BuildOutcome;
import io.jenkins.plugins.promise.jenkins.build.BuildWatch;
import io.jenkins.plugins.promise.jenkins.build.JenkinsBuilds;
import io.jenkins.plugins.promise.jenkins.build.PromiseBuilds;
import io.jenkins.plugins.promise.jenkins.config.JenkinsSealer;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.jenkins.job.JenkinsVersions;
import io.jenkins.plugins.promise.jenkins.queue.JenkinsLanes;
import io.jenkins.plugins.promise.jenkins.queue.KeptItems;
import io.jenkins.plugins.promise.jenkins.queue.PromiseQueue;
import io.jenkins.plugins.promise.jenkins.steps.PhaseRuns;
import io.jenkins.plugins.promise.ledger.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportLog;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
    private final LedgerLog log = new LedgerLog();
    private Ledger ledger;
    private JenkinsVersions versions;
    private JenkinsCatalog catalog;
    private PromiseQueue queue;
    private JenkinsBuilds builds;
    private volatile Promises promises;
    private Deployments deployments;
    private volatile Dispatch dispatch;
    private BuildWatch watch;
    private Instant opened;
    private Path home;
    private ShutdownNote shutdown;
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
        if (promises != null || stopping) {
            return false;
        }
        try {
            openIn(folder);
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

    private void openIn(Path folder) throws IOException {
        home = folder;
        Files.createDirectories(home);
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        opened = clock.instant();
        PromiseConfiguration configuration = PromiseConfiguration.get();
        ledger = Ledger.open(
                configuration.location(home.resolve("ledger")),
                ControllerIdentity.begin(ControllerIdentity.home(home), JenkinsBuilds.baseUrl()),
                clock);
        try {
            openOver(configuration, clock);
        } catch (IOException | RuntimeException e) {
            // It is tried again, and then somebody else would have it open.
            ledger.close();
            throw e;
        }
    }

    private Optional<ReportLog> log(Promise promise) {
        return builds.run(promise).map(run -> new BuildOutcome(run, promises).log());
    }

    private void openOver(PromiseConfiguration configuration, Clock clock) throws IOException {
        versions = new JenkinsVersions(LedgerVersions.open(ledger, home.resolve("deployed"), clock));
        catalog = new JenkinsCatalog(versions);
        shutdown = new ShutdownNote(home);
        Instant down = shutdown.written();
        EndpointGuard guard = new EndpointGuard(configuration::policy);
        AcceptanceGate gate = new AcceptanceGate();
        Promises opening = new Promises(
                ledger,
                catalog,
                gate,
                new JenkinsSealer(),
                guard,
                new JenkinsLanes(),
                JenkinsBuilds.links(this::log),
                configuration::schedule,
                configuration::settings,
                clock,
                outbox -> new Courier(outbox, guard, new Signer(configuration::keys), CourierLimits.DEFAULT, clock));
        queue = new PromiseQueue(opening, this::returned, this::stopping);
        builds = new JenkinsBuilds(catalog, opened, down, opening, queue.items());
        deployments = new Deployments(versions, ledger, gate, clock);
        opening.listen(phases);
        opening.listen(queue);
        log.opened(ledger);
        promises = opening;
    }

    /**
     * Begins to go on with the open promises, once Jenkins has loaded its queue and its builds; later only with its jobs.
     */
    public synchronized void reconcile() {
        versions.agree();
        if (dispatch != null) {
            return;
        }
        KeptItems kept = queue.kept();
        Dispatch begun = promises.begin(builds, catalog);
        watch = new BuildWatch(ledger, promises, builds, begun, opened);
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
        if (ledger.shared()) {
            dispatch.share(PromiseConfiguration.get().lease(), () -> Timer.get().execute(this::fenced));
        }
        // It has counted; a kill from now on is a kill.
        shutdown.delete();
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
            shutdown.write(Instant.now());
            closeAll();
        }
    }

    private void closeAll() throws IOException {
        if (dispatch != null) {
            dispatch.close();
        }
        queue.close();
        promises.close();
        phases.close();
        ledger.close();
    }

    /** Others have taken this controller for dead, and have what it had: it stops all of it, and takes nothing more. */
    private void fenced() {
        trouble = Messages.JenkinsController_Fenced();
        stopping = true;
        LOGGER.log(Level.SEVERE, trouble);
        promises.stopAccepting();
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
        return promises != null && !stopping;
    }

    /** Whether promises are being built. */
    public boolean dispatching() {
        return started() && dispatch != null;
    }

    /** Drops what is older than the retention. */
    void drop() {
        promises.drop();
    }

    public Promises promises() {
        return promises;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Dispatch dispatch() {
        return dispatch;
    }

    public BuildWatch watch() {
        return watch;
    }

    public JenkinsCatalog catalog() {
        return catalog;
    }

    public JenkinsVersions versions() {
        return versions;
    }

    public PromiseQueue queue() {
        return queue;
    }

    public JenkinsBuilds builds() {
        return builds;
    }

    public Deployments deployments() {
        return deployments;
    }

    public PhaseRuns phases() {
        return phases;
    }

    /** How many bytes a report may have. */
    public int reportBytes() {
        return ReportReader.DEFAULT_MAX_BYTES;
    }

    /** The deployed version of that name. */
    public Deployed deployed(String version) throws IOException {
        return versions.resolve(version)
                .orElseThrow(() -> new IOException(
                        versions.broken(version).orElse("the version " + version + " is no longer deployed")));
    }

    /** A deployed orchestration's script with its libraries. */
    public ScriptSource source(String version) throws IOException {
        return versions.source(deployed(version));
    }

    /** The folder of a deployed version's files, on the controller. */
    public Path files(Deployed deployed) throws IOException {
        return versions.files(deployed);
    }
}
