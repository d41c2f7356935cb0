package io.jenkins.plugins.promise.jenkins;

import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.jenkins.build.JenkinsBuilds;
import io.jenkins.plugins.promise.jenkins.build.KeptLogs;
import io.jenkins.plugins.promise.jenkins.config.JenkinsSealer;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.jenkins.job.JenkinsVersions;
import io.jenkins.plugins.promise.jenkins.job.KeptBuilds;
import io.jenkins.plugins.promise.jenkins.queue.JenkinsLanes;
import io.jenkins.plugins.promise.jenkins.queue.PromiseQueue;
import io.jenkins.plugins.promise.jenkins.steps.PhaseRuns;
import io.jenkins.plugins.promise.jenkins.steps.environment.JenkinsEnvironments;
import io.jenkins.plugins.promise.jenkins.watching.JenkinsWatch;
import io.jenkins.plugins.promise.jenkins.web.JenkinsLinks;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.report.ReportLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The parts of a controller whose ledger is open, put together.
 *
 * @param opened when that was
 */
record ControllerParts(
        Instant opened,
        Ledger ledger,
        JenkinsVersions versions,
        JenkinsCatalog catalog,
        Promises promises,
        PromiseQueue queue,
        JenkinsBuilds builds,
        Deployments deployments,
        Book book,
        JenkinsEnvironments environments,
        KeptLogs logs,
        JenkinsWatch watching,
        ShutdownNote shutdown) {
    /**
     * Opens the ledger, and puts the rest together over it.
     *
     * @param home the folder of all that is the plugin's; made if it is not there
     * @param phases is told what becomes of promises
     * @param logs where the log of a promise's build is
     * @param returned is told of promises that have not ended, but whose builds are not queued any more
     * @param stopping whether Jenkins goes down
     * @throws IOException if the ledger cannot be opened; nothing is open then
     */
    static ControllerParts open(
            Path home,
            LedgerLog log,
            PhaseRuns phases,
            Function<Promise, Optional<ReportLog>> logs,
            Consumer<String> returned,
            BooleanSupplier stopping)
            throws IOException {
        Files.createDirectories(home);
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        PromiseConfiguration configuration = PromiseConfiguration.get();
        Ledger ledger = Ledger.open(
                configuration.location(home.resolve("ledger")),
                ControllerIdentity.begin(ControllerIdentity.home(home), JenkinsLinks.base()),
                clock);
        try {
            ControllerParts parts = over(ledger, home, configuration, clock, phases, logs, returned, stopping);
            log.opened(ledger);
            return parts;
        } catch (IOException | RuntimeException e) {
            // It is tried again, and then somebody else would have it open.
            ledger.close();
            throw e;
        }
    }

    private static ControllerParts over(
            Ledger ledger,
            Path home,
            PromiseConfiguration configuration,
            Clock clock,
            PhaseRuns phases,
            Function<Promise, Optional<ReportLog>> logs,
            Consumer<String> returned,
            BooleanSupplier stopping)
            throws IOException {
        Instant opened = clock.instant();
        JenkinsVersions versions = new JenkinsVersions(LedgerVersions.open(ledger, home.resolve("deployed"), clock));
        JenkinsCatalog catalog = new JenkinsCatalog(versions);
        ShutdownNote shutdown = new ShutdownNote(home);
        Instant down = shutdown.written();
        EndpointGuard guard = new EndpointGuard(configuration::policy);
        AcceptanceGate gate = new AcceptanceGate();
        Promises promises = new Promises(
                ledger,
                catalog,
                gate,
                new JenkinsSealer(),
                guard,
                new JenkinsLanes(),
                JenkinsLinks.promises(logs),
                configuration::schedule,
                configuration::settings,
                clock,
                outbox -> new Courier(outbox, guard, new Signer(configuration::keys), CourierLimits.DEFAULT, clock));
        PromiseQueue queue = new PromiseQueue(promises, returned, stopping);
        Book book = Book.opened(ledger, clock, JenkinsLinks.base());
        JenkinsEnvironments environments = new JenkinsEnvironments(book, promises, clock);
        JenkinsBuilds builds =
                new JenkinsBuilds(catalog, opened, down, ledger, promises, queue.items(), environments::waitsFor);
        Deployments deployments = new Deployments(versions, ledger, gate, clock);
        KeptBuilds kept = new KeptBuilds(catalog);
        KeptLogs keptLogs =
                new KeptLogs(ledger, catalog, configuration::settings, clock, promise -> kept.ended(promise.version()));
        promises.listen(phases);
        promises.listen(queue);
        promises.listen(environments);
        JenkinsWatch watching = new JenkinsWatch(home.resolve("clones"), promises, ledger, clock);
        promises.listen(watching);
        environments.begin();
        return new ControllerParts(
                opened,
                ledger,
                versions,
                catalog,
                promises,
                queue,
                builds,
                deployments,
                book,
                environments,
                keptLogs,
                watching,
                shutdown);
    }

    /** Stops all of it, and the phases that wait; what is open goes on after the next start. */
    void close(PhaseRuns phases) throws IOException {
        watching.close();
        queue.close();
        environments.close();
        promises.close();
        phases.close();
        logs.close();
        ledger.close();
    }
}
