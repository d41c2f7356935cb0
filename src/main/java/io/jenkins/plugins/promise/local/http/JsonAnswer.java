package io.jenkins.plugins.promise.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.nio.charset.StandardCharsets;

/** What programs are answered. */
public final class JsonAnswer {
    private static final String JSON = "application/json";

    private JsonAnswer() {}

    /** Answers with JSON. */
    public static void send(Context context, int status, JsonNode body) {
        context.status(status);
        context.contentType(JSON);
        context.result(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Answers that a promise was accepted, and where it is told of. */
    public static void accepted(Context context, PromiseView view, Promise promise) {
        context.header("Location", view.queueUrl(promise));
        send(context, 201, view.accepted(promise));
    }
}
