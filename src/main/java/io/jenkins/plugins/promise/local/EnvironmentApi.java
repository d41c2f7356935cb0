package io.jenkins.plugins.promise.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.jenkins.plugins.promise.acceptance.environment.EnvironmentDesk;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.RequestBody;
import java.time.Duration;

/** The HTTP of environments: what is there, what was there, and what people say of it. */
final class EnvironmentApi {
    private static final String OPERATOR = "operator";
    private static final RequestBody COMMITS = body("a candidate");
    private static final RequestBody INPUTS = body("the inputs of a release");
    private static final RequestBody DECLARED = body("a declaration of environments");

    private final EnvironmentDesk desk;
    private final PromiseView promiseView;
    private final Doorkeeper doorkeeper;

    /** Part of an API. */
    EnvironmentApi(EnvironmentDesk desk, Doorkeeper doorkeeper, PromiseView promiseView) {
        this.desk = desk;
        this.promiseView = promiseView;
        this.doorkeeper = doorkeeper;
    }

    private static RequestBody body(String what) {
        return new RequestBody(what, EnvironmentDesk.BODY_BYTES, Duration.ofSeconds(30));
    }

    void routes(Javalin server) {
        server.get("/promises/environments", told(c -> desk.all()));
        server.put("/promises/environments", told(c -> desk.declare(DECLARED.read(c))));
        server.get("/promises/environments/{name}", told(c -> desk.status(name(c))));
        server.get("/promises/environments/{name}/history", told(c -> desk.history(name(c))));
        server.get(
                "/promises/environments/{name}/diff/{other}",
                told(c -> desk.difference(name(c), c.pathParam("other"))));
        server.get("/promises/environments/{name}/candidates", told(c -> desk.candidates(name(c))));
        server.post("/promises/environments/{name}/candidates", told(c -> desk.candidate(name(c), COMMITS.read(c))));
        server.post("/promises/environments/{name}/rollback", this::rollback);
        server.post(
                "/promises/environments/{name}/freeze", told(c -> desk.freeze(name(c), who(c), c.queryParam("why"))));
        server.post("/promises/environments/{name}/unfreeze", told(c -> desk.unfreeze(name(c), who(c))));
        server.post(
                "/promises/environments/{name}/approve",
                told(c -> desk.approve(name(c), c.queryParam("manifest"), who(c))));
    }

    /** What somebody is told, or refused, once they are let in. */
    private Handler told(Answer answer) {
        return context -> {
            doorkeeper.admitOperator(context);
            JsonAnswer.send(context, 200, answer.of(context));
        };
    }

    private static String name(Context context) {
        return context.pathParam("name");
    }

    /** Whoever has the operator's token may say who they are. */
    private static String who(Context context) {
        String who = context.queryParam("who");
        return who == null || who.isBlank() ? OPERATOR : who;
    }

    private void rollback(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        JsonAnswer.accepted(
                context,
                promiseView,
                desk.rollback(name(context), context.queryParam("manifest"), INPUTS.read(context), Submitter.OPERATOR));
    }

    /** What is told to somebody. */
    @FunctionalInterface
    private interface Answer {
        JsonNode of(Context context) throws Refused;
    }
}
