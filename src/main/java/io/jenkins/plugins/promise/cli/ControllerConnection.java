package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Requests to one controller, and how a command tells what is answered. */
public final class ControllerConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final Map<String, String> headers;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    ControllerConnection(String url, Map<String, String> headers) {
        this.url = url.replaceFirst("/+$", "");
        this.headers = new TreeMap<>(headers);
    }

    /** A request that begins there. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder;
        try {
            builder = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "'" + url + "' is not the URL of a controller");
        }
        headers.forEach(builder::header);
        return builder;
    }

    /** The JSON that is answered. */
    public JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Json.mapper().readTree(bytes(request));
    }

    /** The same of one that changes something, and says all in its path. */
    public JsonNode changed(String path) throws IOException, InterruptedException {
        return json(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** What is answered. */
    byte[] bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
        return body(answer(request));
    }

    /** What is answered, also where that is no. */
    HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "no controller answers at " + url + "; start one with: promise serve SUITE");
        }
    }

    /** What a good answer holds; another one is told as the failure of the command. */
    static byte[] body(HttpResponse<byte[]> response) {
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
}
