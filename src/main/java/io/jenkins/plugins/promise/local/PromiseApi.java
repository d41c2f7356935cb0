package io.jenkins.plugins.promise.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.ByteStreams;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.view.AttentionView;
import io.jenkins.plugins.promise.acceptance.view.ListRequest;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.local.home.Home;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.PromiseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The HTTP of promises that were accepted: told, listed, cancelled, delivered and submitted again. */
final class PromiseApi {
    private static final String JSON = "application/json";

    private final Home home;
    private final Promises promises;
    private final Dispatch dispatch;
    private final Ledger ledger;
    private final VersionStore catalog;
    private final Doorkeeper doorkeeper;
    private final PromiseAccess access;
    private final PromiseView view;

    PromiseApi(
            Home home,
            Promises promises,
            Dispatch dispatch,
            Ledger ledger,
            VersionStore catalog,
            Doorkeeper doorkeeper,
            PromiseAccess access,
            PromiseView view) {
        this.home = home;
        this.promises = promises;
        this.dispatch = dispatch;
        this.ledger = ledger;
        this.catalog = catalog;
        this.doorkeeper = doorkeeper;
        this.access = access;
        this.view = view;
    }

    void routes(Javalin server) {
        server.get("/promises", this::list);
        server.get("/promises/attention", this::attention);
        server.get("/promises/{id}", this::promise);
        server.get("/promises/{id}/report", this::report);
        server.get("/promises/{id}/log", this::log);
        server.post("/promises/{id}/cancel", this::cancel);
        server.post("/promises/{id}/redeliver", this::redeliver);
        server.post("/promises/{id}/again", this::again);
        server.get("/promises/{id}/queue/api/json", this::queueItem);
        server.get("/promises/{id}/queue", this::queueItem);
        server.get("/queue/item/{number}/api/json", this::numberedItem);
        server.get("/queue/item/{number}", this::numberedItem);
    }

    private void list(Context context) throws Refused, IOException {
        doorkeeper.admitOperator(context);
        PromiseQuery query = new ListRequest(context::queryParam).query();
        JsonAnswer.send(
                context,
                200,
                view.page(
                        query,
                        ledger.lists().count(query),
                        ledger.lists().page(query),
                        ledger.lists().setAside(),
                        dispatch::waitsFor));
    }

    private void attention(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        JsonAnswer.send(
                context,
                200,
                new AttentionView(ledger, dispatch, view)
                        .json(
                                context.queryParam("job"),
                                p -> true,
                                ledger.lists().setAside(),
                                catalog.broken()));
    }

    private void promise(Context context) throws Refused {
        JsonAnswer.send(context, 200, told(access.admitted(context)));
    }

    private ObjectNode told(Promise promise) {
        return view.promise(promise, dispatch.waitsFor(promise), ledger.lists().children(promise.id()));
    }

    private void report(Context context) throws Refused, IOException {
        Promise promise = access.admitted(context);
        Optional<byte[]> report = promise.state().settled() ? ledger.report(promise.id()) : Optional.empty();
        if (report.isEmpty()) {
            throw new Refused(Refused.Why.UNKNOWN, "the promise is not settled yet; it is " + promise.state());
        }
        context.contentType(JSON);
        context.result(report.get());
    }

    /** In Jenkins' way: from the byte {@code start}, and the headers tell where to go on and whether more may come. */
    private void log(Context context) throws Refused, IOException {
        Promise promise = access.admitted(context);
        String start = Optional.ofNullable(context.queryParam("start")).orElse("0");
        if (!start.matches("[0-9]{1,18}")) {
            throw new Refused(Refused.Why.INVALID, "start must be a number of bytes, not '" + start + "'");
        }
        Path log = home.log(promise.id());
        try {
            InputStream from = Files.newInputStream(log, LinkOption.NOFOLLOW_LINKS);
            long end = Files.size(log);
            long skipped = Math.min(Long.parseLong(start), end);
            from.skipNBytes(skipped);
            context.contentType("text/plain; charset=utf-8");
            context.header("X-Content-Type-Options", "nosniff");
            context.header("X-Text-Size", Long.toString(end));
            context.header("X-More-Data", Boolean.toString(!promise.state().settled()));
            context.result(ByteStreams.limit(from, end - skipped));
        } catch (NoSuchFileException e) {
            throw new Refused(Refused.Why.UNKNOWN, "there is no log; the promise is " + promise.state());
        }
    }

    private void cancel(Context context) throws Refused {
        Promise promise = access.admitted(context);
        promises.cancel(promise.id(), "request");
        JsonAnswer.send(context, 200, told(promises.find(promise.id())));
    }

    private void redeliver(Context context) throws Refused {
        Promise promise = access.admitted(context);
        int count = promises.redeliver(promise.id());
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("deliveries", count);
        node.put("status", view.url(promise));
        JsonAnswer.send(context, 202, node);
    }

    private void again(Context context) throws Refused {
        Optional<Promise> promise = ledger.find(context.pathParam("id"));
        Submitter submitter = access.who(context, promise);
        Accepted accepted = promises.again(PromiseAccess.there(context, promise).id(), submitter);
        JsonAnswer.accepted(context, view, accepted.promise());
    }

    private void queueItem(Context context) throws Refused {
        Promise promise = access.admitted(context);
        JsonAnswer.send(context, 200, view.queueItem(promise, dispatch.waitsFor(promise)));
    }

    private void numberedItem(Context context) throws Refused {
        String number = context.pathParam("number");
        Promise promise = access.admitted(
                context, number.matches("[0-9]{1,18}") ? ledger.find(Long.parseLong(number)) : Optional.empty());
        JsonAnswer.send(context, 200, view.queueItem(promise, dispatch.waitsFor(promise)));
    }
}
