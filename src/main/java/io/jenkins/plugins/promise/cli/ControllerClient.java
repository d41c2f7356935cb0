package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.environment.EnvironmentClient;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Talks to a controller, local or Jenkins. */
public final class ControllerClient {
    private static final int NOT_FOUND = 404;

    private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(5);

    private final ControllerConnection controller;

    /**
     * A client.
     *
     * @param url where the controller listens
     * @param authorization the header of that name; null for none
     */
    public ControllerClient(String url, String authorization) {
        this(url, authorization == null ? Map.of() : Map.of("Authorization", authorization));
    }

    /**
     * A client that sends headers with each request.
     *
     * @param url where the controller listens
     */
    public ControllerClient(String url, Map<String, String> headers) {
        controller = new ControllerConnection(url, headers);
    }

    /**
     * The authorization of a user.
     *
     * @param user their name and, after a colon, an API token or a password
     */
    public static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Submits.
     *
     * @param key an idempotency key; null for none
     * @return the answer: id, job, version, queue, status
     */
    public JsonNode submit(String job, Map<String, String> inputs, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = controller
                .request("/promises/submit/" + encode(job))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(inputs)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return controller.json(request);
    }

    /** What is known of a promise. */
    public JsonNode promise(String id) throws IOException, InterruptedException {
        return controller.json(controller.request("/promises/" + encode(id)).GET());
    }

    /** A settled promise's report. */
    public byte[] report(String id) throws IOException, InterruptedException {
        return controller.bytes(
                controller.request("/promises/" + encode(id) + "/report").GET());
    }

    /**
     * A page of promises, newest first.
     *
     * @param query as a URL has it; each value is encoded already
     */
    public JsonNode promises(String query) throws IOException, InterruptedException {
        return controller.json(controller.request("/promises?" + query).GET());
    }

    /**
     * What needs a person, as a page of promises.
     *
     * @param job a common name; null for all
     */
    public JsonNode attention(String job) throws IOException, InterruptedException {
        return controller.json(controller
                .request("/promises/attention" + (job == null ? "" : "?job=" + encode(job)))
                .GET());
    }

    /**
     * What a promise's log has from a byte on.
     *
     * @return nothing while there is no log
     */
    public Optional<LogPart> log(String id, long from) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = controller.answer(controller
                .request("/promises/" + encode(id) + "/log?start=" + from)
                .GET());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        byte[] bytes = ControllerConnection.body(response);
        boolean more = response.headers()
                .firstValue("X-More-Data")
                .map(Boolean::parseBoolean)
                .orElse(false);
        ByteBuffer read = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        // A character that is cut off is left for the next part.
        var unused = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(read, text, !more);
        return Optional.of(new LogPart(text.flip().toString(), from + read.position(), more));
    }

    /**
     * Has something done with a promise.
     *
     * @param what {@code cancel}, {@code redeliver} or {@code again}
     */
    public JsonNode handle(String id, String what) throws IOException, InterruptedException {
        return controller.changed("/promises/" + encode(id) + "/" + what);
    }

    /** All common names with their versions. */
    public JsonNode jobs() throws IOException, InterruptedException {
        return controller.json(controller.request("/promises/jobs").GET());
    }

    /** A common name with its versions. */
    public JsonNode job(String name) throws IOException, InterruptedException {
        return controller.json(
                controller.request("/promises/jobs/" + encode(name)).GET());
    }

    /** Deploys a bundle, or tells what that would change. */
    public JsonNode deploy(HttpRequest.BodyPublisher bundle, DeployOptions options)
            throws IOException, InterruptedException {
        return controller.json(controller
                .request("/promises/deploy?dryRun=" + options.dryRun() + "&takeOver=" + options.takeOver())
                .timeout(UPLOAD_PATIENCE)
                .header("Content-Type", "application/zip")
                .POST(bundle));
    }

    /**
     * Rolls back.
     *
     * @param to the version; null for the one before
     */
    public JsonNode rollback(String job, String to) throws IOException, InterruptedException {
        String path = "/promises/rollback/" + encode(job) + (to == null ? "" : "?to=" + encode(to));
        return controller.changed(path);
    }

    /** Has nothing of a version started, or of the one that a common name stands for. */
    public JsonNode pause(String job) throws IOException, InterruptedException {
        return controller.changed("/promises/pause/" + encode(job));
    }

    /** Has it started again. */
    public JsonNode resume(String job) throws IOException, InterruptedException {
        return controller.changed("/promises/resume/" + encode(job));
    }

    /** Prunes, or tells what would go. */
    public JsonNode prune(String olderThan, boolean dryRun) throws IOException, InterruptedException {
        String path = "/promises/prune?olderThan=" + encode(olderThan) + "&dryRun=" + dryRun;
        return controller.changed(path);
    }

    /** What it does with environments and components, asked for in the same way. */
    public EnvironmentClient environments() {
        return new EnvironmentClient(controller);
    }

    /** A text as it stands in a URL. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Part of a log.
     *
     * @param text what it holds
     * @param end where the next part begins, in bytes
     * @param more whether there may be a next part
     */
    public record LogPart(String text, long end, boolean more) {}
}
