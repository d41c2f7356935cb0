package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Talks to a controller, local or Jenkins. */
public final class ControllerClient {
    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(5);

    private final String url;
    private final Map<String, String> headers;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

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
        this.url = url.replaceFirst("/+$", "");
        this.headers = new TreeMap<>(headers);
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
        HttpRequest.Builder request = request("/promises/submit/" + encode(job))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(inputs)));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return Json.mapper().readTree(send(request));
    }

    /** What is known of a promise. */
    public JsonNode promise(String id) throws IOException, InterruptedException {
        return Json.mapper().readTree(send(request("/promises/" + encode(id)).GET()));
    }

    /** A settled promise's report. */
    public byte[] report(String id) throws IOException, InterruptedException {
        return send(request("/promises/" + encode(id) + "/report").GET());
    }

    /**
     * A page of promises, newest first.
     *
     * @param query as a URL has it; each value is encoded already
     */
    public JsonNode promises(String query) throws IOException, InterruptedException {
        return Json.mapper().readTree(send(request("/promises?" + query).GET()));
    }

    /**
     * What needs a person, as a page of promises.
     *
     * @param job a common name; null for all
     */
    public JsonNode attention(String job) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(request("/promises/attention" + (job == null ? "" : "?job=" + encode(job)))
                        .GET()));
    }

    /**
     * What a promise's log has from a byte on.
     *
     * @return nothing while there is no log
     */
    public Optional<LogPart> log(String id, long from) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                answer(request("/promises/" + encode(id) + "/log?start=" + from).GET());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        byte[] bytes = body(response);
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
        return Json.mapper()
                .readTree(send(
                        request("/promises/" + encode(id) + "/" + what).POST(HttpRequest.BodyPublishers.noBody())));
    }

    /** All common names with their versions. */
    public JsonNode jobs() throws IOException, InterruptedException {
        return Json.mapper().readTree(send(request("/promises/jobs").GET()));
    }

    /** A common name with its versions. */
    public JsonNode job(String name) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(request("/promises/jobs/" + encode(name)).GET()));
    }

    /** Deploys a bundle, or tells what that would change. */
    public JsonNode deploy(HttpRequest.BodyPublisher bundle, DeployOptions options)
            throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(
                        send(request("/promises/deploy?dryRun=" + options.dryRun() + "&takeOver=" + options.takeOver())
                                .timeout(UPLOAD_PATIENCE)
                                .header("Content-Type", "application/zip")
                                .POST(bundle)));
    }

    /**
     * Rolls back.
     *
     * @param to the version; null for the one before
     */
    public JsonNode rollback(String job, String to) throws IOException, InterruptedException {
        String path = "/promises/rollback/" + encode(job) + (to == null ? "" : "?to=" + encode(to));
        return changed(path);
    }

    /** Has nothing of a version started, or of the one that a common name stands for. */
    public JsonNode pause(String job) throws IOException, InterruptedException {
        return changed("/promises/pause/" + encode(job));
    }

    /** Has it started again. */
    public JsonNode resume(String job) throws IOException, InterruptedException {
        return changed("/promises/resume/" + encode(job));
    }

    private JsonNode changed(String path) throws IOException, InterruptedException {
        return Json.mapper().readTree(send(request(path).POST(HttpRequest.BodyPublishers.noBody())));
    }

    /** Prunes, or tells what would go. */
    public JsonNode prune(String olderThan, boolean dryRun) throws IOException, InterruptedException {
        String path = "/promises/prune?olderThan=" + encode(olderThan) + "&dryRun=" + dryRun;
        return changed(path);
    }

    /**
     * What a controller tells of environments.
     *
     * @param path after {@code /promises/environments}; each part is encoded already
     */
    public JsonNode environments(String path) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(request("/promises/environments" + path).GET()));
    }

    /** Has something done with an environment; as {@link #environments}. */
    public JsonNode environment(String path) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(request("/promises/environments" + path).POST(HttpRequest.BodyPublishers.noBody())));
    }

    /** Has something done with an environment that takes JSON. */
    public JsonNode environment(String path, JsonNode body) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(request("/promises/environments" + path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                Json.mapper().writeValueAsBytes(body)))));
    }

    /** Declares environments. */
    public JsonNode declare(List<EnvironmentRules> environments) throws IOException, InterruptedException {
        return put("/promises/environments", environments);
    }

    /**
     * Declares the components that a suite is made of.
     *
     * @param takeOver whether those of other suites are this one's from then on
     * @return whether the controller builds them when they change
     */
    public boolean declare(String suite, List<WatchedComponent> components, boolean takeOver)
            throws IOException, InterruptedException {
        return put("/promises/components?suite=" + encode(suite) + "&takeOver=" + takeOver, components)
                .path("watched")
                .asBoolean();
    }

    private JsonNode put(String path, List<?> declared) throws IOException, InterruptedException {
        return Json.mapper()
                .readTree(send(request(path)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(
                                Json.mapper().writeValueAsBytes(declared)))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder;
        try {
            builder = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "'" + url + "' is not the URL of a controller");
        }
        headers.forEach(builder::header);
        return builder;
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return body(answer(request));
    }

    private HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "no controller answers at " + url + "; start one with: promise serve SUITE");
        }
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw new CommandFailure(response.statusCode() >= 500 ? ExitCode.UNREACHABLE : ExitCode.USAGE, told(response));
    }

    private static String told(HttpResponse<byte[]> response) {
        StringBuilder told = new StringBuilder();
        try {
            JsonNode problem = Json.mapper().readTree(response.body());
            told.append(problem.path("detail").asText("HTTP status " + response.statusCode()));
            problem.path("violations").forEach(v -> told.append("\n  ")
                    .append(v.path("field").asText())
                    .append(' ')
                    .append(v.path("message").asText()));
        } catch (IOException e) {
            told.append("HTTP status ").append(response.statusCode());
        }
        return told.toString();
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
