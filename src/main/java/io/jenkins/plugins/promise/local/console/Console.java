package io.jenkins.plugins.promise.local.console;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.local.console.environment.EnvironmentPages;
import io.jenkins.plugins.promise.local.console.job.JobPages;
import io.jenkins.plugins.promise.local.console.job.VersionPages;
import io.jenkins.plugins.promise.local.console.promise.PromisePages;
import io.jenkins.plugins.promise.local.console.web.Assets;
import io.jenkins.plugins.promise.local.console.web.Forms;
import io.jenkins.plugins.promise.local.console.web.Login;
import io.jenkins.plugins.promise.local.console.web.Pages;
import io.jenkins.plugins.promise.local.console.web.ProblemPages;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.PromiseAccess;
import io.jenkins.plugins.promise.local.http.RequestBody;
import io.jenkins.plugins.promise.local.http.SessionCookie;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * The console: the controller's web pages. Where programs are answered with JSON, a browser is shown the page of the same
 * thing; everything that a page does is sent to {@code /console}.
 */
public final class Console {
    private final Pages pages;
    private final Forms forms;
    private final Login login;
    private final PromisePages promisePages;
    private final JobPages jobPages;
    private final VersionPages versionPages;
    private final EnvironmentPages environmentPages;
    private final Assets assets;
    private final Doorkeeper doorkeeper;
    private final Ledger ledger;
    private final Supplier<HostLoad> load;

    /**
     * The console of a controller.
     *
     * @param bodies how large its forms may be, and how long they may take
     * @param load what the machine does now
     */
    public Console(
            Doorkeeper doorkeeper,
            SessionCookie sessions,
            PromiseAccess access,
            RequestBody bodies,
            Promises promises,
            Dispatch dispatch,
            Deployments deployments,
            Ledger ledger,
            VersionStore store,
            Book book,
            Supplier<HostLoad> load)
            throws IOException {
        this.doorkeeper = doorkeeper;
        this.ledger = ledger;
        this.load = load;
        this.assets = new Assets();
        this.pages = new Pages(doorkeeper, sessions);
        this.forms = new Forms(doorkeeper, sessions, bodies);
        this.login = new Login(pages, forms, doorkeeper, sessions);
        this.promisePages = new PromisePages(pages, access, promises, dispatch, ledger, store);
        this.jobPages = new JobPages(pages, doorkeeper, promises, ledger, store);
        this.versionPages = new VersionPages(pages, doorkeeper, deployments, store);
        this.environmentPages = new EnvironmentPages(pages, doorkeeper, book);
    }

    /** Answers browsers from now on; before the routes of the same paths are added that answer programs. */
    public void routes(Javalin server) {
        page(server, "/", promisePages::list);
        page(server, "/promises", promisePages::list);
        page(server, "/promises/attention", promisePages::attention);
        page(server, "/promises/jobs", jobPages::list);
        page(server, "/promises/jobs/{job}", jobPages::job);
        page(server, "/promises/environments", environmentPages::list);
        page(server, "/promises/environments/{name}", environmentPages::history);
        page(server, "/promises/{id}", promisePages::promise);
        promisePages.routes(server, forms);
        jobPages.routes(server, forms);
        versionPages.routes(server, forms);
        environmentPages.routes(server, forms);
        server.get("/console/health", this::health);
        login.routes(server);
        assets.routes(server);
        new ProblemPages(pages, login).on(server);
    }

    private static void page(Javalin server, String path, Handler page) {
        server.before(path, context -> {
            if (context.method() == HandlerType.GET && Pages.wanted(context)) {
                page.handle(context);
                context.skipRemainingHandlers();
            }
        });
    }

    private void health(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        Health health = new Health(
                load.get(),
                ledger.lists().openCount(),
                ledger.work().waitingByLane(),
                ledger.shared(),
                ledger.load(),
                ledger.lists().setAside().size(),
                ledger.self(),
                ledger.peers().others());
        pages.answer(context, 200, "health", "Health", "health", health);
    }
}
