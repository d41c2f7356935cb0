package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.host.PromiseListener;
import io.jenkins.plugins.promise.callback.signature.Signer;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.ledger.handover.LedgerSeal;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.console.FirstPage;
import io.jenkins.plugins.promise.local.watching.LocalWatch;
import io.jenkins.plugins.promise.local.watching.WatchSettings;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.report.Report;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The promise jobs without Jenkins: the parts, put together, started and stopped. */
public final class LocalController implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(LocalController.class.getName());

    /** So long requests that came before may take, when another controller takes over. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private final LocalSettings settings;
    private final LocalParts parts;
    private final LocalHousekeeping housekeeping;
    private final CompletableFuture<Void> fenced = new CompletableFuture<>();
    private LocalWatch watch;
    private boolean closed;

    private LocalController(LocalSettings settings, LocalParts parts) {
        this.settings = settings;
        this.parts = parts;
        housekeeping = new LocalHousekeeping(parts);
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
        LocalController controller = new LocalController(settings, LocalParts.open(settings, compiler, environment));
        try {
            controller.parts.deployments().deploy(bundle, options);
            controller.parts.dispatch().reconcile();
            controller.share();
            controller.parts.http().listen(controller.parts.listener());
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
        if (parts.ledger().shared()) {
            parts.dispatch().share(settings.lease(), () -> fenced.complete(null));
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
        DurableFiles.write(parts.home().controllerFile(), Json.mapper().writeValueAsBytes(where));
        housekeeping.begin();
    }

    /**
     * Builds components when they change, from now on; those too that were declared to it before, as long as their suites
     * are made of them.
     *
     * @param suite what is made of them, and deployed
     * @param components what to watch of each; without errors
     * @param takeOver whether those that another suite has are this one's from then on
     * @throws IOException if one is of another suite
     */
    public void watch(String suite, List<WatchedComponent> components, boolean takeOver, WatchSettings how)
            throws IOException {
        LocalWatch begun = new LocalWatch(
                parts.declared(),
                parts.home().clones(),
                parts.promises(),
                parts.ledger(),
                parts.http().components(),
                how);
        begun.begin(suite, components, takeOver);
        watch = begun;
    }

    /** The suites whose components it knows, by component. */
    public Map<String, String> watchedOf() {
        return parts.declared().suites();
    }

    /** Where it listens. */
    public String url() {
        return parts.url();
    }

    /** The port that it listens at. */
    public int port() {
        return parts.listener().port();
    }

    /** The token that allows everything. */
    public String operatorToken() throws IOException {
        return parts.home().secrets().operatorToken();
    }

    /** Has all that pages need loaded now, beside what else is done: whoever opens the first one does not wait for it. */
    public void loadPages() throws IOException {
        new FirstPage(address(), operatorToken()).load();
    }

    /** What deliveries are signed with. */
    public Signer signer() {
        return new Signer(parts.keys());
    }

    /** Declares environments, in their order; those that are there keep all but their rules. */
    public void declare(List<EnvironmentRules> environments) {
        parts.book().environments().declare(environments);
    }

    /** Tells this listener from now on. */
    public void listen(PromiseListener listener) {
        parts.promises().listen(listener);
    }

    /** How many promises are open. */
    public int openPromises() {
        return parts.ledger().lists().openCount();
    }

    /** The report of a promise; nothing while it is not settled. */
    public Optional<Report> report(Promise promise) throws IOException {
        return parts.promises().report(promise.id());
    }

    /** Where it listens itself, whatever stands before it. */
    public URI address() {
        return URI.create(parts.listener().url());
    }

    /**
     * Starts no more workers, and gives those that run the grace period to end; submissions are accepted meanwhile. Ends
     * with {@link #handOver} or {@link #goOn}.
     *
     * @param unless whether that is no longer wanted
     */
    public void hold(BooleanSupplier unless) throws InterruptedException {
        parts.builds().hold(settings.grace().toMillis(), unless);
    }

    /** Starts workers again. */
    public void goOn() {
        parts.builds().goOn();
    }

    /**
     * Gives what it has to the next controller of its home: whoever asks is told to ask again, workers that run are ended,
     * all is written, and ledger and address are free.
     *
     * @return what is in the ledger; nothing for one that controllers share
     */
    public synchronized Optional<LedgerSeal> handOver() throws IOException, InterruptedException {
        closed = true;
        parts.http().entrance().doorway().shut(ANSWERED_WITHIN);
        acceptNoMore();
        parts.builds().stop(0, new ArrayList<>());
        end();
        Optional<LedgerSeal> seal = LocalParts.location(settings, parts.home()) instanceof LedgerLocation.Embedded file
                ? Optional.of(LedgerSeal.of(file))
                : Optional.empty();
        parts.http().entrance().leave(parts.listener());
        return seal;
    }

    /** Whether it was stopped or handed over. */
    public synchronized boolean stopped() {
        return closed;
    }

    /** After it was handed over: leads those who are connected there. */
    public void forward(URI next) {
        parts.http().entrance().doorway().forward(next);
    }

    /**
     * After it was handed over: lets those who are connected go.
     *
     * @param patience how long they may take to go by themselves
     */
    public void release(Duration patience) throws InterruptedException {
        parts.http().entrance().awaitNobody(patience);
        parts.http().close();
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
            parts.builds().stop(fenced.isDone() ? 0 : settings.grace().toMillis(), killed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.http().close();
        end();
        return killed;
    }

    private void acceptNoMore() {
        parts.promises().stopAccepting();
        if (watch != null) {
            watch.close();
        }
    }

    private void end() {
        housekeeping.close();
        parts.dispatch().close();
        parts.promises().close();
        parts.builds().close();
        try {
            parts.ledger().close();
            Files.deleteIfExists(parts.home().controllerFile());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the ledger could not be closed; nothing is lost by it", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
