package io.jenkins.plugins.promise.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.component.JobNames;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.Entry;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.view.EnvironmentView;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.RequestBody;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The HTTP of environments: what is there, what was there, and what people say of it. */
final class EnvironmentApi {
    private static final int MOST_HISTORY = 1_000;
    private static final String OPERATOR = "operator";
    private static final int MOST_CANDIDATES = 200;
    private static final RequestBody COMMITS = new RequestBody("a candidate", 1 << 20, Duration.ofSeconds(30));
    private static final RequestBody INPUTS =
            new RequestBody("the inputs of a release", 1 << 20, Duration.ofSeconds(30));
    private static final RequestBody DECLARED =
            new RequestBody("a declaration of environments", 1 << 20, Duration.ofSeconds(30));

    private final Book book;
    private final Promises promises;
    private final PromiseView promiseView;
    private final Doorkeeper doorkeeper;
    private final EnvironmentView view;

    /** Part of an API. */
    EnvironmentApi(Book book, Promises promises, Doorkeeper doorkeeper, PromiseView promiseView) {
        this.book = book;
        this.promises = promises;
        this.promiseView = promiseView;
        this.doorkeeper = doorkeeper;
        this.view = new EnvironmentView(book);
    }

    void routes(Javalin server) {
        server.get("/promises/environments", told(c -> view.all()));
        server.put("/promises/environments", this::declare);
        server.get("/promises/environments/{name}", told(this::status));
        server.get("/promises/environments/{name}/history", told(c -> view.history(name(c), MOST_HISTORY)));
        server.get(
                "/promises/environments/{name}/diff/{other}",
                told(c -> view.difference(name(c), c.pathParam("other"))));
        server.get("/promises/environments/{name}/candidates", told(c -> view.candidates(name(c), MOST_CANDIDATES)));
        server.post("/promises/environments/{name}/candidates", told(this::candidate));
        server.post("/promises/environments/{name}/rollback", this::rollback);
        server.post("/promises/environments/{name}/freeze", told(c -> {
            book.environments().freeze(name(c), who(c), needed(c, "why"));
            return status(c);
        }));
        server.post("/promises/environments/{name}/unfreeze", told(c -> {
            book.environments().unfreeze(name(c), who(c));
            return status(c);
        }));
        server.post("/promises/environments/{name}/approve", told(c -> Json.mapper()
                .valueToTree(book.environments().approve(name(c), needed(c, "manifest"), who(c)))));
    }

    /** What somebody is told, or refused, once they are let in. */
    private Handler told(Answer answer) {
        return context -> {
            doorkeeper.admitOperator(context);
            JsonAnswer.send(context, 200, refusing(() -> answer.of(context)));
        };
    }

    private static JsonNode refusing(Told told) throws Refused {
        try {
            return told.get();
        } catch (EnvironmentRefusal e) {
            throw EnvironmentView.refused(e);
        }
    }

    private JsonNode status(Context context) {
        return view.environment(book.environments().status(name(context)));
    }

    private static String name(Context context) {
        return context.pathParam("name");
    }

    /** Whoever has the operator's token may say who they are. */
    private static String who(Context context) {
        String who = context.queryParam("who");
        return who == null || who.isBlank() ? OPERATOR : who;
    }

    private static String needed(Context context, String parameter) throws Refused {
        String given = context.queryParam(parameter);
        if (given == null || given.isBlank()) {
            throw new Refused(Refused.Why.INVALID, "the parameter " + parameter + " must be given");
        }
        return given;
    }

    private JsonNode candidate(Context context) throws Refused {
        Map<String, String> commits =
                read(COMMITS.read(context), "the candidate", new TypeReference<TreeMap<String, String>>() {});
        return EnvironmentView.candidate(book.candidates().submit(name(context), Entry.all(commits)));
    }

    /** Has an earlier manifest released by the environment's own job, whose inputs may be given. */
    private void rollback(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        byte[] body = INPUTS.read(context);
        Map<String, String> inputs = new TreeMap<>();
        if (body.length > 0) {
            inputs.putAll(read(body, "the inputs", new TypeReference<TreeMap<String, String>>() {}));
        }
        String given = context.queryParam("manifest");
        try {
            inputs.put(
                    JobNames.MANIFEST,
                    given == null || given.isBlank()
                            ? book.environments().previous(name(context)).id()
                            : given);
        } catch (EnvironmentRefusal e) {
            throw EnvironmentView.refused(e);
        }
        inputs.put(JobNames.ROLL_BACK, "true");
        Promise promise = promises.submit(Submission.of(
                        JobNames.release(name(context)), GivenInputs.of(inputs), null, Submitter.OPERATOR))
                .promise();
        JsonAnswer.accepted(context, promiseView, promise);
    }

    private static <T> T read(byte[] body, String what, TypeReference<T> type) throws Refused {
        try {
            return Json.mapper().readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new Refused(Refused.Why.INVALID, what + " cannot be read: " + Json.told(e));
        } catch (IOException e) {
            throw new Refused(Refused.Why.INVALID, what + " cannot be read");
        }
    }

    private void declare(Context context) throws Refused {
        doorkeeper.admitOperator(context);
        book.environments()
                .declare(read(
                        DECLARED.read(context), "the declaration", new TypeReference<List<EnvironmentRules>>() {}));
        JsonAnswer.send(context, 200, view.all());
    }

    /** What is told to somebody. */
    @FunctionalInterface
    private interface Answer {
        JsonNode of(Context context) throws Refused;
    }

    /** What is told. */
    @FunctionalInterface
    private interface Told {
        JsonNode get() throws Refused;
    }
}
