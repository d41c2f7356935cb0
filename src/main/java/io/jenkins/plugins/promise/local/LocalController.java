package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.callback.Courier;
import io.jenkins.plugins.promise.callback.address.EndpointGuard;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.callback.signature.SigningKey;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.watching.PushReader;
import io.jenkins.plugins.promise.component.watching.Watcher;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.AcceptanceGate;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.LedgerVersions;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.book.Holders;
import io.jenkins.plugins.promise.ledger.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.handover.LedgerSeal;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.files.FileStore;
import io.jenkins.plugins.promise.local.files.HandedFiles;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.home.LocalSealer;
import io.jenkins.plugins.promise.local.http.Listener;
import io.jenkins.plugins.promise.local.orchestration.CompiledScripts;
import io.jenkins.plugins.promise.local.watching.ComponentWatch;
import io.jenkins.plugins.promise.local.worker.RunLog;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.local.worker.Workspaces;
import io.jenkins.plugins.promise.report.Report;
import io.jenkins.plugins.promise.report.ReportLog;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The promise jobs without Jenkins: the parts, put together, started and stopped. */
public final class LocalController implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LocalController.class.getName());

    /** So long requests that came before may take, when another controller takes over. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private final LocalSettings settings;
    private final Home home;
    private final Ledger ledger;
    private final VersionStore catalog;
    private final Listener listener;
    private final String url;
    private final Workspaces workspaces;
    private final FileStore files;
    private final Dispatch dispatch;
    private final LocalBuilds builds;
    private final Promises promises;
    private final Deployments deployments;
    private final Book book;
    private final HttpApi http;
    private final List<SigningKey> keys;
    private final ScheduledExecutorService housekeeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "promise-housekeeper");
        thread.setDaemon(true);
        return thread;
    });
    private final CompletableFuture<Void> fenced = new CompletableFuture<>();
    private ComponentWatch watch;
    private boolean closed;

    private LocalController(LocalSettings settings, OrchestrationCompiler compiler, WorkerEnvironment environment)
            throws IOException {
        this.settings = settings;
        home = Home.open(settings.home());
        listener = Listener.bind(settings.host(), settings.port());
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        url = settings.url() == null
                ? listener.url()
                : settings.url().toString().replaceFirst("/+$", "");
        ledger = Ledger.open(location(), ControllerIdentity.begin(home.id(), url), clock);
        catalog = LedgerVersions.open(ledger, home.deployed(), clock);
        keys = home.secrets().signingKeys();
        workspaces = new Workspaces(home.workspaces(), settings.workspaces(), clock);
        files = new FileStore(
                settings.files().folder() == null
                        ? home.files()
                        : settings.files().folder(),
                settings.files().limits());
        LocalSealer sealer = sealer();
        EndpointGuard guard = new EndpointGuard(settings.receivers());
        AcceptanceGate gate = new AcceptanceGate();
        Links links = new Links(this::url, p -> Optional.of(p.number()), this::log);
        promises = new Promises(
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
        book = new Book(ledger, clock, Holders.promises(), Set.of(url));
        if (!ledger.shared()) {
            // Whoever had a lease when this controller ended goes on with it: nobody else can have asked meanwhile.
            book.leases().renew(holder -> true);
        }
        deployments = new Deployments(catalog, ledger, gate, clock);
        builds = new LocalBuilds(
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
        dispatch = promises.begin(builds, catalog);
        http = new HttpApi(
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
    }

    private Optional<ReportLog> log(Promise promise) {
        return RunLog.end(home.log(promise.id()), url() + "/promises/" + promise.id() + "/log");
    }

    private LedgerLocation location() {
        return settings.ledger() == null ? new LedgerLocation.Embedded(home.ledger()) : settings.ledger();
    }

    /** A home that was restored without its key says so: what the old one has sealed stays closed. */
    private LocalSealer sealer() throws IOException {
        if (!home.secrets().hasSealKey() && ledger.lists().openCount() > 0) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} had no seal-key, and gets a new one: what secrets its {1} open promises hold cannot be opened"
                            + " without the old one",
                    new Object[] {home.folder(), ledger.lists().openCount()});
        }
        return new LocalSealer(home.secrets().sealKey());
    }

    /**
     * Starts a controller: deploys a bundle, goes on with the promises that are open, and listens.
     *
     * @param environment what worker processes inherit
     * @throws IOException if the home cannot be used or the address is taken
     */
    public static LocalController start(
            LocalSettings settings,
            OrchestrationCompiler compiler,
            Bundle bundle,
            DeployOptions options,
            WorkerEnvironment environment)
            throws IOException {
        LocalController controller = new LocalController(settings, compiler, environment);
        try {
            controller.deployments.deploy(bundle, options);
            controller.dispatch.reconcile();
            controller.share();
            controller.http.listen(controller.listener);
            controller.announce();
            return controller;
        } catch (Refused e) {
            controller.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            controller.close();
            throw e;
        }
    }

    private void share() {
        if (ledger.shared()) {
            dispatch.share(settings.lease(), () -> fenced.complete(null));
        }
    }

    /** Done when others have taken this controller for dead: it is to be stopped, and may be started anew. */
    public CompletableFuture<Void> fenced() {
        return fenced;
    }

    private void announce() throws IOException {
        Map<String, String> where = new TreeMap<>();
        where.put("url", url());
        where.put("pid", Long.toString(ProcessHandle.current().pid()));
        DurableFiles.write(home.controllerFile(), Json.mapper().writeValueAsBytes(where));
        var unused = housekeeper.scheduleWithFixedDelay(this::drop, 0, 1, TimeUnit.HOURS);
    }

    private void drop() {
        try {
            for (String id : promises.drop()) {
                DurableFiles.delete(home.run(id));
                workspaces.remove(id);
                files.remove(id);
            }
            files.drop(Instant.now());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "old promises cannot be dropped", e);
        }
        workspaces.tidy();
    }

    /**
     * Builds components when they change, from now on.
     *
     * @param components without errors; their jobs are deployed
     * @param secret what webhooks come with; null if none is believed
     * @param interval how often their branches are looked at; null if only pushes are told
     */
    public void watch(Components components, String secret, Duration interval) {
        watch = new ComponentWatch(new Watcher(home.clones(), components, promises, ledger, Clock.systemUTC()));
        promises.listen(watch);
        http.components().begin(watch, new PushReader(secret));
        watch.begin(interval);
    }

    /** Where it listens. */
    public String url() {
        return url;
    }

    /** The port that it listens at. */
    public int port() {
        return listener.port();
    }

    /** The token that allows everything. */
    public String operatorToken() throws IOException {
        return home.secrets().operatorToken();
    }

    /** What deliveries are signed with. */
    public Signer signer() {
        return new Signer(keys);
    }

    /** Declares environments, in their order; those that are there keep all but their rules. */
    public void declare(List<EnvironmentRules> environments) {
        book.environments().declare(environments);
    }

    /** Tells this listener from now on. */
    public void listen(PromiseListener listener) {
        promises.listen(listener);
    }

    /** How many promises are open. */
    public int openPromises() {
        return ledger.lists().openCount();
    }

    /** The report of a promise; nothing while it is not settled. */
    public Optional<Report> report(Promise promise) throws IOException {
        return promises.report(promise.id());
    }

    /** Where it listens itself, whatever stands before it. */
    public URI address() {
        return URI.create(listener.url());
    }

    /**
     * Starts no more workers, and gives those that run the grace period to end; submissions are accepted meanwhile. Ends
     * with {@link #handOver} or {@link #goOn}.
     *
     * @param unless whether that is no longer wanted
     */
    public void hold(BooleanSupplier unless) throws InterruptedException {
        builds.hold(settings.grace().toMillis(), unless);
    }

    /** Starts workers again. */
    public void goOn() {
        builds.goOn();
    }

    /**
     * Gives what it has to the next controller of its home: whoever asks is told to ask again, workers that run are ended,
     * all is written, and ledger and address are free.
     *
     * @return what is in the ledger; nothing for one that controllers share
     */
    public synchronized Optional<LedgerSeal> handOver() throws IOException, InterruptedException {
        closed = true;
        http.entrance().doorway().shut(ANSWERED_WITHIN);
        acceptNoMore();
        builds.stop(0, new ArrayList<>());
        end();
        Optional<LedgerSeal> seal = location() instanceof LedgerLocation.Embedded file
                ? Optional.of(LedgerSeal.of(file))
                : Optional.empty();
        http.entrance().leave(listener);
        return seal;
    }

    /** Whether it was stopped or handed over. */
    public synchronized boolean stopped() {
        return closed;
    }

    /** After it was handed over: leads those who are connected there. */
    public void forward(URI next) {
        http.entrance().doorway().forward(next);
    }

    /**
     * After it was handed over: lets those who are connected go.
     *
     * @param patience how long they may take to go by themselves
     */
    public void release(Duration patience) throws InterruptedException {
        http.entrance().awaitNobody(patience);
        http.close();
    }

    /**
     * Stops: refuses submissions, lets workers go on for the grace period, kills the rest, and writes what is to be
     * written.
     *
     * @return the promises whose workers were killed; they are queued again at the next start
     */
    public synchronized List<String> stop() {
        List<String> killed = new ArrayList<>();
        if (closed) {
            return killed;
        }
        closed = true;
        acceptNoMore();
        try {
            builds.stop(fenced.isDone() ? 0 : settings.grace().toMillis(), killed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
        end();
        return killed;
    }

    private void acceptNoMore() {
        promises.stopAccepting();
        if (watch != null) {
            watch.close();
        }
    }

    private void end() {
        housekeeper.shutdownNow();
        dispatch.close();
        promises.close();
        builds.close();
        try {
            ledger.close();
            Files.deleteIfExists(home.controllerFile());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the ledger could not be closed; nothing is lost by it", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
