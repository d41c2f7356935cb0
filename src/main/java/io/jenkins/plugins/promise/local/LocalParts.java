package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.files.FileStore;
import io.jenkins.plugins.promise.local.files.HandedFiles;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.home.LocalSealer;
import io.jenkins.plugins.promise.local.http.Listener;
import io.jenkins.plugins.promise.local.orchestration.CompiledScripts;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.local.worker.Workspaces;
import io.jenkins.plugins.promise.report.ReportLog;
import io.jenkins.plugins.promise.report.ReportReader;
import io.jenkins.plugins.promise.watching.DeclaredComponents;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The parts of a local controller, tied together: nothing is deployed, and nobody is listened to yet.
 *
 * @param keys what deliveries are signed with
 */
record LocalParts(
        Home home,
        Ledger ledger,
        Listener listener,
        String url,
        Workspaces workspaces,
        FileStore files,
        Dispatch dispatch,
        LocalBuilds builds,
        Promises promises,
        Deployments deployments,
        Book book,
        HttpApi http,
        List<SigningKey> keys) {
    private static final Logger LOGGER = Logger.getLogger(LocalParts.class.getName());

    /** The components that it knows. */
    DeclaredComponents declared() {
        return new DeclaredComponents(ledger, Clock.systemUTC());
    }

    /**
     * Makes them.
     *
     * @param environment what worker processes inherit
     * @throws IOException if the home or the ledger cannot be used, or the address is taken
     */
    static LocalParts open(LocalSettings settings, OrchestrationCompiler compiler, WorkerEnvironment environment)
            throws IOException {
        Home home = Home.open(settings.home());
        Listener listener = Listener.bind(settings.host(), settings.port());
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        String url = settings.url() == null
                ? listener.url()
                : settings.url().toString().replaceFirst("/+$", "");
        Ledger ledger = Ledger.open(location(settings, home), ControllerIdentity.begin(home.id(), url), clock);
        VersionStore catalog = LedgerVersions.open(ledger, home.deployed(), clock);
        List<SigningKey> keys = home.secrets().signingKeys();
        Workspaces workspaces = new Workspaces(home.workspaces(), settings.workspaces(), clock);
        FileStore files = new FileStore(
                settings.files().folder() == null
                        ? home.files()
                        : settings.files().folder(),
                settings.files().limits());
        LocalSealer sealer = sealer(home, ledger);
        EndpointGuard guard = new EndpointGuard(settings.receivers());
        AcceptanceGate gate = new AcceptanceGate();
        Links links = new Links(() -> url, p -> Optional.of(p.number()), p -> log(home, url, p));
        Promises promises = new Promises(
                ledger,
                catalog,
                gate,
                sealer,
                guard,
                new LocalLanes(),
                links,
                settings::schedule,
                settings::promises,
                clock,
                outbox -> new Courier(outbox, guard, new Signer(keys), settings.courier(), clock));
        Book book = Book.opened(ledger, clock, url);
        Deployments deployments = new Deployments(catalog, ledger, gate, clock);
        LocalBuilds builds = new LocalBuilds(
                home,
                catalog,
                new CompiledScripts(catalog, compiler),
                sealer,
                new LocalQueue(settings.executors()),
                new ReportReader(settings.reportBytes()),
                workspaces,
                environment,
                new HandedFiles(files, promises, catalog, clock),
                settings.orchestrations(),
                settings.scriptLimit(),
                book,
                clock,
                promises);
        promises.listen(builds);
        // Before anything is built: what begins now must not be taken for what a killed controller has left.
        builds.killOrphans();
        Dispatch dispatch = promises.begin(builds, catalog);
        HttpApi http = new HttpApi(
                settings,
                home,
                promises,
                dispatch,
                deployments,
                ledger,
                catalog,
                book,
                files,
                links,
                sealer,
                builds::load);
        return new LocalParts(
                home,
                ledger,
                listener,
                url,
                workspaces,
                files,
                dispatch,
                builds,
                promises,
                deployments,
                book,
                http,
                keys);
    }

    private static Optional<ReportLog> log(Home home, String url, Promise promise) {
        return RunLog.end(home.log(promise.id()), url + "/promises/" + promise.id() + "/log");
    }

    /** Where its ledger is. */
    static LedgerLocation location(LocalSettings settings, Home home) {
        return settings.ledger() == null ? new LedgerLocation.Embedded(home.ledger()) : settings.ledger();
    }

    /** A home that was restored without its key says so: what the old one has sealed stays closed. */
    private static LocalSealer sealer(Home home, Ledger ledger) throws IOException {
        if (!home.secrets().hasSealKey() && ledger.lists().openCount() > 0) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} had no seal-key, and gets a new one: what secrets its {1} open promises hold cannot be opened"
                            + " without the old one",
                    new Object[] {home.folder(), ledger.lists().openCount()});
        }
        return new LocalSealer(home.secrets().sealKey());
    }
}
