package io.jenkins.plugins.promise.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Run;
import io.jenkins.plugins.promise.acceptance.Builds;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.EndpointGuard;
import io.jenkins.plugins.promise.callback.Signer;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.ScriptSource;
import io.jenkins.plugins.promise.deployment.VersionFolder;
import io.jenkins.plugins.promise.ledger.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.DurableFiles;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.ledger.PromiseState;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The promise jobs of a Jenkins controller: the parts, put together, started and stopped with it. */
@Extension
@Restricted(NoExternalUse.class)
public final class JenkinsController {
    private static final Logger LOGGER = Logger.getLogger(JenkinsController.class.getName());
    private static final String DOWN = "went-down";
    private static final int AT_ONCE = 500;

    private final PhaseRuns phases = new PhaseRuns(executor());
    private Ledger ledger;
    private JenkinsVersions versions;
    private JenkinsCatalog catalog;
    private JenkinsBuilds builds;
    private volatile Promises promises;
    private Deployments deployments;
    private volatile Dispatch dispatch;
    private Map<String, String> suspects = new HashMap<>();
    private Instant opened;
    private Path home;
    private volatile boolean stopping;

    /** The one of this Jenkins. */
    static JenkinsController get() {
        return ExtensionList.lookupSingleton(JenkinsController.class);
    }

    private static ExecutorService executor() {
        return Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "promise-phases");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the ledger, once jobs are there and before anything is submitted. Jenkins starts without it if it cannot be
     * opened; then nothing is accepted, and every route says so.
     */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED, fatal = false)
    @Restricted(NoExternalUse.class)
    public static void open() throws IOException {
        get().openIn(Jenkins.get().getRootDir().toPath().resolve("promises"));
    }

    private void openIn(Path folder) throws IOException {
        home = folder;
        Files.createDirectories(home);
        Clock clock = Clock.systemUTC();
        opened = clock.instant();
        PromiseConfiguration configuration = PromiseConfiguration.get();
        ledger = Ledger.open(
                configuration.ledger(home.resolve("ledger")),
                ControllerIdentity.begin(ControllerIdentity.home(home), JenkinsBuilds.baseUrl()),
                clock);
        versions = new JenkinsVersions(VersionFolder.open(home.resolve("deployed"), clock));
        catalog = new JenkinsCatalog(versions);
        EndpointGuard guard = new EndpointGuard(configuration::policy);
        AcceptanceGate gate = new AcceptanceGate();
        Promises opening = new Promises(
                ledger,
                catalog,
                gate,
                new JenkinsSealer(),
                guard,
                new JenkinsLanes(),
                JenkinsBuilds.links(),
                configuration::schedule,
                configuration::settings,
                clock,
                outbox -> new Courier(outbox, guard, new Signer(configuration::keys), CourierLimits.DEFAULT, clock));
        builds = new JenkinsBuilds(catalog, opened, wentDown(home), opening);
        deployments = new Deployments(versions, ledger, gate, clock);
        opening.listen(phases);
        promises = opening;
    }

    /** When the controller before this one began to go down; null if it was killed. */
    private static Instant wentDown(Path home) throws IOException {
        Path note = home.resolve(DOWN);
        try {
            return Files.exists(note) ? Instant.parse(Files.readString(note).trim()) : null;
        } catch (DateTimeParseException e) {
            LOGGER.log(Level.WARNING, "it is not known when the controller went down", e);
            return null;
        }
    }

    /** Goes on with the open promises, once Jenkins has loaded its queue and its builds. */
    void reconcile() {
        versions.repair();
        builds.learnQueue();
        dispatch = promises.begin(builds, catalog);
        dispatch.reconcile();
        try {
            // It has counted; a kill from now on is a kill.
            Files.deleteIfExists(home.resolve(DOWN));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "a note of the last shutdown stays", e);
        }
    }

    /** Stops accepting and delivering; what is open goes on after the next start. */
    @Terminator
    @Restricted(NoExternalUse.class)
    public static void close() throws IOException {
        get().stop();
    }

    private void stop() throws IOException {
        stopping = true;
        if (promises != null) {
            DurableFiles.write(home.resolve(DOWN), Instant.now().toString().getBytes(StandardCharsets.UTF_8));
            if (dispatch != null) {
                dispatch.close();
            }
            promises.close();
            phases.close();
            ledger.close();
        }
    }

    /** Whether Jenkins goes down, so that what ends now was ended by that. */
    boolean stopping() {
        return stopping || Jenkins.get().isTerminating();
    }

    /** Whether the ledger is open. */
    boolean started() {
        return promises != null && !stopping;
    }

    /** Drops what is older than the retention. */
    void drop() {
        try {
            promises.drop();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "old promises cannot be dropped", e);
        }
    }

    /**
     * A build has ended: it settles its promise, or is queued again if what ended it was the crash of the controller. What
     * its workers have reported is found again then, and is not repeated.
     */
    void ended(Promise promise, Run<?, ?> run) {
        if (Crashed.lost(run, opened)) {
            LOGGER.log(Level.WARNING, "{0} could not go on after the crash; it is queued again", run);
            dispatch.requeue(promise.id());
        } else {
            promises.settle(promise.id(), new BuildOutcome(run, promises).outcome());
        }
    }

    /**
     * Settles what has ended and told nobody, and queues again what was lost or stands still. What looks dead must look
     * the same twice: a build is between queue and executor for a moment.
     */
    synchronized void checkBuilds() {
        Map<String, String> looksDead = new HashMap<>();
        long after = 0;
        List<Promise> some;
        do {
            some = ledger.unsettled(after, AT_ONCE);
            for (Promise promise : some) {
                after = promise.number();
                symptom(promise).ifPresent(s -> looksDead.put(promise.id(), s));
            }
        } while (some.size() == AT_ONCE);
        looksDead.forEach((id, symptom) -> {
            if (symptom.equals(suspects.get(id))) {
                ledger.find(id).filter(p -> !p.state().settled()).ifPresent(this::revive);
            }
        });
        suspects = looksDead;
    }

    private Optional<String> symptom(Promise promise) {
        if (promise.state() != PromiseState.RUNNING) {
            return Optional.empty();
        }
        Builds.Status status = builds.find(promise);
        if (!status.known()) {
            return Optional.of("gone");
        }
        return builds.run(promise).flatMap(run -> Crashed.standstill(run, opened));
    }

    private void revive(Promise promise) {
        Optional<Outcome> ended = builds.find(promise).ended();
        if (ended.isPresent()) {
            promises.settle(promise.id(), ended.get());
            return;
        }
        LOGGER.log(Level.WARNING, "the build of {0} is gone or stands still; it is queued again", promise.id());
        Optional<Run<?, ?>> still = builds.run(promise).filter(Run::isBuilding);
        dispatch.requeue(promise.id());
        still.ifPresent(Crashed::kill);
    }

    Promises promises() {
        return promises;
    }

    Ledger ledger() {
        return ledger;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    JenkinsCatalog catalog() {
        return catalog;
    }

    JenkinsVersions versions() {
        return versions;
    }

    JenkinsBuilds builds() {
        return builds;
    }

    Deployments deployments() {
        return deployments;
    }

    PhaseRuns phases() {
        return phases;
    }

    /** How many bytes a report may have. */
    int reportBytes() {
        return ReportReader.DEFAULT_MAX_BYTES;
    }

    /** The deployed version of that name. */
    Deployed deployed(String version) throws IOException {
        return versions.resolve(version)
                .orElseThrow(() -> new IOException(
                        versions.broken(version).orElse("the version " + version + " is no longer deployed")));
    }

    /** A deployed orchestration's script with its libraries. */
    ScriptSource source(String version) throws IOException {
        return versions.source(deployed(version));
    }

    /** The folder of a deployed version's files, on the controller. */
    Path files(Deployed deployed) {
        return versions.files(deployed);
    }
}
