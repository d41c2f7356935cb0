package io.jenkins.plugins.promise.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.jenkins.plugins.promise.acceptance.Accepted;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Links;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.Submission;
import io.jenkins.plugins.promise.acceptance.view.ListRequest;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.InputsDecoder;
import io.jenkins.plugins.promise.contract.Json;
import io.jenkins.plugins.promise.contract.MalformedInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.deployment.Deployments;
import io.jenkins.plugins.promise.deployment.VersionFolder;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.ledger.PromiseQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The HTTP of the design, over the model. It translates; it decides nothing but who may. */
final class HttpApi implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(HttpApi.class.getName());
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String TOKEN = "token";

    private final LocalSettings settings;
    private final Home home;
    private final Promises promises;
    private final Ledger ledger;
    private final VersionFolder catalog;
    private final Deployments deployments;
    private final Dispatch dispatch;
    private final Doorkeeper doorkeeper;
    private final InputsDecoder decoder = new InputsDecoder();
    private final Javalin server;
    private final PromiseView view;

    HttpApi(
            LocalSettings settings,
            Home home,
            Promises promises,
            Dispatch dispatch,
            Deployments deployments,
            Ledger ledger,
            VersionFolder catalog,
            Links links)
            throws IOException {
        this.settings = settings;
        this.home = home;
        this.promises = promises;
        this.ledger = ledger;
        this.catalog = catalog;
        this.deployments = deployments;
        this.dispatch = dispatch;
        this.view = new PromiseView(links);
        this.doorkeeper = new Doorkeeper(settings.open(), home.operatorToken());
        this.server = Javalin.create(this::configure);
        routes();
    }

    private void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.disableCompression();
        config.jetty.modifyServer(s -> s.setErrorHandler(new ProblemErrorHandler()));
    }

    private void routes() {
        server.post("/promises/submit/{job}", this::submit);
        server.post("/buildByToken/build", this::buildByToken);
        server.post("/buildByToken/buildWithParameters", this::buildByToken);
        server.get("/promises", this::list);
        new DeploymentApi(settings, promises, deployments, catalog, doorkeeper, view).routes(server);
        server.get("/promises/{id}", this::promise);
        server.get("/promises/{id}/report", this::report);
        server.get("/promises/{id}/log", this::log);
        server.post("/promises/{id}/cancel", this::cancel);
        server.post("/promises/{id}/redeliver", this::redeliver);
        server.get("/queue/item/{number}/api/json", this::queueItem);
        server.get("/queue/item/{number}", this::queueItem);
        server.exception(Refused.class, (refused, context) -> answer(context, Problem.of(refused)));
        server.exception(HttpResponseException.class, (e, context) -> answer(context, routing(context, e)));
        server.exception(IOException.class, (e, context) -> broken(context, e));
        server.exception(UncheckedIOException.class, (e, context) -> broken(context, e));
        server.exception(Exception.class, (e, context) -> {
            LOGGER.log(Level.SEVERE, context.method() + " " + context.path() + " failed", e);
            answer(context, Problem.of("Internal error", 500, "something went wrong here; the log says what"));
        });
    }

    private static Problem routing(Context context, HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> Problem.of("Not found", 404, "there is nothing at " + context.path());
            case 405 -> Problem.of("Method not allowed", 405, context.method() + " is not for " + context.path());
            default -> Problem.of("Bad request", e.getStatus(), String.valueOf(e.getMessage()));
        };
    }

    private static void broken(Context context, Exception e) {
        LOGGER.log(Level.SEVERE, context.method() + " " + context.path() + " failed", e);
        answer(context, Problem.of("Unavailable", 503, "the disk cannot be read or written; the log says why"));
    }

    private static void answer(Context context, Problem problem) {
        if (problem.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        json(context, problem.status(), Json.mapper().valueToTree(problem));
        context.contentType(Problem.TYPE);
    }

    static void json(Context context, int status, JsonNode body) {
        context.status(status);
        context.contentType(JSON);
        context.result(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Answers at an address from now on. */
    void listen(Listener listener) throws IOException {
        server.unsafeConfig().jetty.addConnector((jetty, http) -> connector(jetty, http, listener));
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IOException("cannot answer at " + listener.url() + ": " + e.getMessage(), e);
        }
    }

    private static ServerConnector connector(Server jetty, HttpConfiguration http, Listener listener) {
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        try {
            connector.open(listener.channel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    @Override
    public void close() {
        server.stop();
    }

    private void submit(Context context) throws Refused {
        Deployed job = promises.job(context.pathParam("job"));
        GivenInputs given = inputs(context);
        doorkeeper.admit(context, given.values().get(TOKEN), job);
        Accepted accepted = promises.submit(new Submission(
                context.pathParam("job"), given.without(TOKEN), context.header("Idempotency-Key"), null, false));
        Promise promise = accepted.promise();
        if (accepted.repeated()) {
            context.header("Idempotent-Replay", "true");
        }
        context.header("Location", String.valueOf(view.queueUrl(promise)));
        json(context, 201, view.accepted(promise));
    }

    private void buildByToken(Context context) throws Refused {
        GivenInputs given = inputs(context);
        String name = given.values().get("job");
        if (name == null) {
            throw new Refused(Refused.Why.UNKNOWN, "the parameter job is missing");
        }
        Deployed job = promises.job(name);
        doorkeeper.admit(context, given.values().get(TOKEN), job);
        GivenInputs own = given.without(TOKEN).without("job").without("delay").without("cause");
        Promise promise = promises.submit(Submission.of(name, own)).promise();
        context.header("Location", String.valueOf(view.queueUrl(promise)));
        context.status(201);
    }

    private GivenInputs inputs(Context context) throws Refused {
        byte[] body = new RequestBody("a submission", settings.bodyBytes()).read(context);
        String query = context.queryString();
        try {
            GivenInputs fromQuery = decoder.form(query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8));
            if (body.length == 0) {
                return fromQuery;
            }
            String type = String.valueOf(context.contentType()).split(";", 2)[0].trim();
            return switch (type.toLowerCase(Locale.ROOT)) {
                case FORM -> together(fromQuery, decoder.form(body));
                case JSON -> together(fromQuery, decoder.json(body));
                default -> throw new Refused(
                        Refused.Why.INVALID, "the Content-Type must be " + FORM + " or " + JSON + ", not " + type);
            };
        } catch (MalformedInputs e) {
            throw new Refused(Refused.Why.INVALID, e.getMessage());
        }
    }

    private static GivenInputs together(GivenInputs query, GivenInputs body) {
        if (query.values().isEmpty() && query.problems().isEmpty()) {
            return body;
        }
        Map<String, String> values = new LinkedHashMap<>(query.values());
        List<Violation> problems = new ArrayList<>(query.problems());
        problems.addAll(body.problems());
        body.values().forEach((name, value) -> {
            if (values.put(name, value) != null) {
                problems.add(new Violation(name, "is given in the URL and in the body"));
            }
        });
        return new GivenInputs(values, problems);
    }

    private void list(Context context) throws Refused, IOException {
        doorkeeper.admitOperator(context, context.queryParam(TOKEN));
        PromiseQuery query = new ListRequest(context::queryParam).query();
        json(
                context,
                200,
                view.page(query, ledger.count(query), ledger.page(query), ledger.setAside(), dispatch::waitsFor));
    }

    /** The promise that a request names, for somebody who may see and handle it: the operator or who may submit its job. */
    private Promise admitted(Context context) throws Refused {
        Promise promise = promises.find(context.pathParam("id"));
        Promise outermost = promise;
        while (outermost.parent() != null) {
            outermost = promises.find(outermost.parent().promise());
        }
        Optional<Deployed> job = catalog.resolve(outermost.version());
        if (job.isPresent()) {
            doorkeeper.admit(context, context.queryParam(TOKEN), job.get());
        } else {
            doorkeeper.admitOperator(context, context.queryParam(TOKEN));
        }
        return promise;
    }

    private void promise(Context context) throws Refused {
        json(context, 200, told(admitted(context)));
    }

    private ObjectNode told(Promise promise) {
        return view.promise(promise, dispatch.waitsFor(promise), ledger.children(promise.id()));
    }

    private void report(Context context) throws Refused, IOException {
        Promise promise = admitted(context);
        Optional<byte[]> report = promise.state().settled() ? ledger.report(promise.id()) : Optional.empty();
        if (report.isEmpty()) {
            throw new Refused(Refused.Why.UNKNOWN, "the promise is not settled yet; it is " + promise.state());
        }
        context.contentType(JSON);
        context.result(report.get());
    }

    private void log(Context context) throws Refused, IOException {
        Promise promise = admitted(context);
        try {
            context.contentType("text/plain; charset=utf-8");
            context.header("X-Content-Type-Options", "nosniff");
            context.result(Files.newInputStream(home.log(promise.id())));
        } catch (NoSuchFileException e) {
            throw new Refused(Refused.Why.UNKNOWN, "there is no log; the promise is " + promise.state());
        }
    }

    private void cancel(Context context) throws Refused {
        Promise promise = admitted(context);
        promises.cancel(promise.id(), "request");
        json(context, 200, told(promises.find(promise.id())));
    }

    private void redeliver(Context context) throws Refused {
        Promise promise = admitted(context);
        int count = promises.redeliver(promise.id());
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("deliveries", count);
        node.put("status", view.url(promise));
        json(context, 202, node);
    }

    private void queueItem(Context context) throws Refused {
        String number = context.pathParam("number");
        Optional<Promise> promise =
                number.matches("[0-9]{1,18}") ? ledger.find(Long.parseLong(number)) : Optional.empty();
        if (promise.isEmpty()) {
            throw new Refused(Refused.Why.UNKNOWN, "there is no queue item " + number.replaceAll("[^0-9]", "?"));
        }
        json(context, 200, view.queueItem(promise.get(), dispatch.waitsFor(promise.get())));
    }
}
