package io.jenkins.plugins.promise.local;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.jenkins.plugins.promise.acceptance.Promises;
import io.jenkins.plugins.promise.acceptance.submission.Accepted;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.InputsDecoder;
import io.jenkins.plugins.promise.contract.MalformedInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.deployment.Catalog;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.local.http.Doorkeeper;
import io.jenkins.plugins.promise.local.http.JsonAnswer;
import io.jenkins.plugins.promise.local.http.RequestBody;
import io.jenkins.plugins.promise.local.http.TokenForms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The HTTP of submitting. The token is asked before a body is read, but for a form that holds its token itself: see
 * {@link TokenForms}.
 */
final class SubmissionApi {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String JOB = "job";

    private final Promises promises;
    private final Catalog catalog;
    private final Doorkeeper doorkeeper;
    private final PromiseView view;
    private final RequestBody bodies;
    private final TokenForms forms;
    private final InputsDecoder decoder = new InputsDecoder();

    /**
     * Part of an API.
     *
     * @param threads the server's
     */
    SubmissionApi(
            LocalSettings settings,
            Promises promises,
            Catalog catalog,
            Doorkeeper doorkeeper,
            Executor threads,
            PromiseView view) {
        this.promises = promises;
        this.catalog = catalog;
        this.doorkeeper = doorkeeper;
        this.view = view;
        this.bodies = new RequestBody(
                "a submission", settings.bodyBytes(), settings.requests().body());
        this.forms = new TokenForms(settings.requests(), threads);
    }

    void routes(Javalin server) {
        server.post("/promises/submit/{job}", this::submit);
        server.post("/buildByToken/build", this::buildByToken);
        server.post("/buildByToken/buildWithParameters", this::buildByToken);
    }

    private void submit(Context context) throws Refused {
        String name = context.pathParam(JOB);
        if (doorkeeper.canAsk(context) || !isForm(context)) {
            Submitter submitter = admit(context, name);
            submit(context, name, inputs(context, bodies.read(context)), submitter);
        } else {
            later(context, given -> {
                Submitter submitter = admit(context, given, name);
                submit(context, name, given, submitter);
            });
        }
    }

    private void submit(Context context, String name, GivenInputs given, Submitter submitter) throws Refused {
        Accepted accepted = promises.submit(
                Submission.of(name, given.without(Doorkeeper.TOKEN), context.header("Idempotency-Key"), submitter));
        Promise promise = accepted.promise();
        if (accepted.repeated()) {
            context.header("Idempotent-Replay", "true");
        }
        JsonAnswer.accepted(context, view, promise);
    }

    private void buildByToken(Context context) throws Refused {
        boolean canAsk = doorkeeper.canAsk(context);
        String name = context.queryParam(JOB);
        if (canAsk && name != null) {
            Submitter submitter = admit(context, name);
            build(context, name, inputs(context, bodies.read(context)), submitter);
        } else if (isForm(context)) {
            later(context, given -> {
                String inForm = given.values().getOrDefault(JOB, "");
                Submitter submitter = admit(context, given, inForm);
                build(context, inForm, given, submitter);
            });
        } else {
            doorkeeper.admit(context, Optional.empty());
            throw new Refused(Refused.Why.UNKNOWN, "the parameter job is missing");
        }
    }

    /** Builds the job that the token was asked for, whatever else is given under that name. */
    private void build(Context context, String name, GivenInputs given, Submitter submitter) throws Refused {
        if (name.isEmpty()) {
            throw new Refused(Refused.Why.UNKNOWN, "the parameter job is missing");
        }
        Promise promise = promises.submit(Submission.of(name, given.withoutReserved(), null, submitter))
                .promise();
        context.header("Location", view.queueUrl(promise));
        context.status(201);
    }

    private Submitter admit(Context context, String name) throws Refused {
        Submitter submitter = doorkeeper.admit(context, catalog.resolve(name));
        // Who is still here may know what there is.
        promises.job(name);
        return submitter;
    }

    private Submitter admit(Context context, GivenInputs given, String name) throws Refused {
        return doorkeeper.admit(context, given.values().get(Doorkeeper.TOKEN), catalog.resolve(name));
    }

    /** Goes on when a form that may hold its token is here. */
    private void later(Context context, Admission then) {
        context.future(() -> {
            try {
                return forms.read(context).thenAccept(body -> {
                    try {
                        then.with(inputs(context, body));
                    } catch (Refused e) {
                        throw new CompletionException(e);
                    }
                });
            } catch (Refused e) {
                throw new CompletionException(e);
            }
        });
    }

    private static boolean isForm(Context context) {
        return mediaType(context).equals(FORM);
    }

    private static String mediaType(Context context) {
        return String.valueOf(context.contentType()).split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private GivenInputs inputs(Context context, byte[] body) throws Refused {
        String query = context.queryString();
        try {
            GivenInputs fromQuery = decoder.form(query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8));
            if (body.length == 0) {
                return fromQuery;
            }
            String type = mediaType(context);
            return switch (type) {
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

    /** What is done with a form's inputs. */
    private interface Admission {
        void with(GivenInputs given) throws Refused;
    }
}
