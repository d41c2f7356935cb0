package io.jenkins.plugins.promise.local.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whatever keeps a route from its answer becomes a problem in the answer, an Error too; what nobody expects is logged. */
public final class ProblemAnswers {
    /** The attribute of a request that holds the {@link Problem} that it was answered with. */
    public static final String PROBLEM = "promise-problem";

    /** Where the server tells which methods a path has. */
    private static final String AVAILABLE = "availableMethods";

    private static final Logger LOGGER = Logger.getLogger(ProblemAnswers.class.getName());
    private static final Problem INTERNAL =
            Problem.of("Internal error", 500, "something went wrong here; the log says what");

    /** Answers for all routes of a server from now on. */
    public void on(Javalin server) {
        server.exception(Refused.class, (refused, context) -> answer(context, Problem.of(refused)));
        server.exception(HttpResponseException.class, (e, context) -> answer(context, routing(context, e)));
        server.exception(IOException.class, (e, context) -> broken(context, e));
        server.exception(UncheckedIOException.class, (e, context) -> broken(context, e));
        server.exception(Exception.class, (e, context) -> {
            LOGGER.log(Level.SEVERE, context.method() + " " + context.path() + " failed", e);
            answer(context, INTERNAL);
        });
        // An Error passes the handlers of exceptions by: the server logs it, and leaves the answer empty.
        server.error(500, context -> {
            if (context.resultInputStream() == null) {
                LOGGER.severe(context.method() + " " + context.path() + " failed");
                answer(context, INTERNAL);
            }
        });
    }

    private static Problem routing(Context context, HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> Problem.of("Not found", 404, "there is nothing at " + context.path());
            case 408 -> Problem.of("Request timeout", 408, String.valueOf(e.getMessage()));
            case 405 -> notAllowed(context, e.getDetails().getOrDefault(AVAILABLE, ""));
            default -> Problem.of("Bad request", e.getStatus(), String.valueOf(e.getMessage()));
        };
    }

    private static Problem notAllowed(Context context, String available) {
        context.header("Allow", available);
        return Problem.of(
                "Method not allowed",
                405,
                context.method() + " is not for " + context.path()
                        + (available.isEmpty() ? "" : "; ask with " + available));
    }

    private static void broken(Context context, Exception e) {
        LOGGER.log(Level.SEVERE, context.method() + " " + context.path() + " failed", e);
        answer(context, Problem.of("Unavailable", 503, "the disk cannot be read or written; the log says why"));
    }

    private static void answer(Context context, Problem problem) {
        if (problem.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        context.status(problem.status());
        context.attribute(PROBLEM, problem);
        context.contentType(Problem.TYPE);
        context.result(Json.mapper().valueToTree(problem).toString().getBytes(StandardCharsets.UTF_8));
    }
}
