package io.jenkins.plugins.promise.cli.farm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A session of one of a farm's admins with its Jenkins. Who comes with a password must bring a crumb with what changes
 * something, and that counts within the session that it was given in.
 *
 * @see <a href="https://www.jenkins.io/doc/book/security/csrf-protection/">CSRF protection</a>
 */
final class JenkinsSession {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GOOD = 200;

    private final String address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<String, String> headers = new TreeMap<>();

    private JenkinsSession(String address) {
        this.address = address;
    }

    /**
     * Begins one.
     *
     * @throws CommandFailure if that user is not let in
     */
    static JenkinsSession begin(String address, String user, String password) throws IOException, InterruptedException {
        JenkinsSession session = new JenkinsSession(address);
        session.headers.put("Authorization", ControllerClient.basic(user + ":" + password));
        HttpResponse<byte[]> answer = session.get("/crumbIssuer/api/json");
        if (answer.statusCode() != GOOD) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    address + " does not let " + user + " in with the password of the farm: HTTP status "
                            + answer.statusCode());
        }
        JsonNode crumb = Json.mapper().readTree(answer.body());
        session.headers.put(
                crumb.path("crumbRequestField").asText(), crumb.path("crumb").asText());
        session.headers.put(
                "Cookie",
                answer.headers().allValues("Set-Cookie").stream()
                        .map(c -> c.replaceFirst(";.*", ""))
                        .collect(Collectors.joining("; ")));
        return session;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Asks for promises as that admin. */
    ControllerClient client() {
        return new ControllerClient(address, headers);
    }

    /** Those of these agents that are not attached. */
    List<String> missing(List<String> agents) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/computer/api/json?tree=computer%5BdisplayName,offline%5D");
        Map<String, Boolean> offline = new TreeMap<>();
        if (answer.statusCode() == GOOD) {
            Json.mapper()
                    .readTree(answer.body())
                    .path("computer")
                    .forEach(c -> offline.put(
                            c.path("displayName").asText(), c.path("offline").asBoolean(true)));
        }
        return agents.stream().filter(a -> offline.getOrDefault(a, true)).toList();
    }
}
