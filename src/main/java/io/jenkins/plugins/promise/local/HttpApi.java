package io.jenkins.plugins.promise.local;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentDesk;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.acceptance.host.Sealer;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.local.console.Console;
import io.jenkins.plugins.promise.local.console.HostLoad;
import io.jenkins.plugins.promise.local.files.FileStore;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.Entrance;
import io.jenkins.plugins.promise.local.http.HeaderClock;
import io.jenkins.plugins.promise.local.http.Listener;
import io.jenkins.plugins.promise.local.http.ProblemAnswers;
import io.jenkins.plugins.promise.local.http.PromiseAccess;
import io.jenkins.plugins.promise.local.http.RequestBody;
import io.jenkins.plugins.promise.local.http.SessionCookie;
import io.jenkins.plugins.promise.local.watching.ComponentsApi;
import io.jenkins.plugins.promise.watching.DeclaredComponents;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP of the design, over the model. It translates; it decides nothing but who may. */
final class HttpApi implements AutoCloseable {
    private final LocalSettings settings;
    private final Home home;
    private final Promises promises;
    private final Ledger ledger;
    private final VersionStore catalog;
    private final Book book;
    private final Deployments deployments;
    private final Dispatch dispatch;
    private final Doorkeeper doorkeeper;
    private final PromiseAccess access;
    private final ComponentsApi components;
    private final Console console;
    private final HeaderClock clock;
    private final QueuedThreadPool threads;
    private final Entrance entrance;
    private final Javalin server;
    private final PromiseView view;

    HttpApi(
            LocalSettings settings,
            Home home,
            Promises promises,
            Dispatch dispatch,
            Deployments deployments,
            Ledger ledger,
            VersionStore catalog,
            Book book,
            FileStore files,
            Links links,
            Sealer sealer,
            Supplier<HostLoad> load)
            throws IOException {
        this.settings = settings;
        this.home = home;
        this.promises = promises;
        this.ledger = ledger;
        this.catalog = catalog;
        this.book = book;
        this.deployments = deployments;
        this.dispatch = dispatch;
        this.view = new PromiseView(links);
        SessionCookie sessions =
                new SessionCookie(sealer, Clock.systemUTC(), links.root().startsWith("https:"));
        this.doorkeeper = new Doorkeeper(settings.open(), home.secrets().operatorToken(), catalog, sessions);
        this.components = new ComponentsApi(doorkeeper, new DeclaredComponents(ledger, Clock.systemUTC()));
        this.access = new PromiseAccess(doorkeeper, ledger, catalog);
        this.console = new Console(
                doorkeeper,
                sessions,
                access,
                new RequestBody(
                        "a form", settings.bodyBytes(), settings.requests().body()),
                promises,
                dispatch,
                deployments,
                ledger,
                catalog,
                book,
                load);
        this.clock = new HeaderClock(settings.requests().headers());
        this.entrance = new Entrance(clock);
        this.threads = new QueuedThreadPool(settings.requests().threads());
        this.threads.setName("promise-http");
        this.server = Javalin.create(this::configure);
        routes();
        new FilesApi(files, access).routes(server);
    }

    private void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.disableCompression();
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(entrance::configure);
    }

    private void routes() {
        console.routes(server);
        new SubmissionApi(settings, promises, catalog, doorkeeper, threads, view).routes(server);
        components.routes(server);
        new DeploymentApi(settings, promises, dispatch, deployments, catalog, doorkeeper, view).routes(server);
        new EnvironmentApi(new EnvironmentDesk(book, promises), doorkeeper, view).routes(server);
        new PromiseApi(home, promises, dispatch, ledger, catalog, doorkeeper, access, view).routes(server);
        new ProblemAnswers().on(server);
    }

    /** What is told of watched components. */
    ComponentsApi components() {
        return components;
    }

    /** Where requests come in. */
    Entrance entrance() {
        return entrance;
    }

    /** Answers at an address from now on. */
    void listen(Listener listener) throws IOException {
        entrance.listen(server, listener);
    }

    @Override
    public void close() {
        server.stop();
        clock.close();
    }
}
