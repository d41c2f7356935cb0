package io.jenkins.plugins.promise.cli.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ControllerConnection;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;

/** Environments and the components that are brought into them, at a controller. */
public final class EnvironmentClient {
    private static final String ENVIRONMENTS = "/promises/environments";

    private final ControllerConnection controller;

    public EnvironmentClient(ControllerConnection controller) {
        this.controller = controller;
    }

    /**
     * What a controller tells of them.
     *
     * @param path after {@code /promises/environments}; each part is encoded already
     */
    public JsonNode told(String path) throws IOException, InterruptedException {
        return controller.json(controller.request(ENVIRONMENTS + path).GET());
    }

    /** Has something done; the path as in {@link #told}. */
    JsonNode changed(String path) throws IOException, InterruptedException {
        return controller.changed(ENVIRONMENTS + path);
    }

    /** Has something done that takes JSON. */
    JsonNode changed(String path, JsonNode body) throws IOException, InterruptedException {
        return controller.json(withJson(ENVIRONMENTS + path).POST(json(body)));
    }

    /** Declares environments. */
    public JsonNode declare(List<EnvironmentRules> environments) throws IOException, InterruptedException {
        return controller.json(withJson(ENVIRONMENTS).PUT(json(environments)));
    }

    /**
     * Declares the components that a suite is made of.
     *
     * @param takeOver whether those of other suites are this one's from then on
     * @return whether the controller builds them when they change
     */
    public boolean declare(String suite, List<WatchedComponent> components, boolean takeOver)
            throws IOException, InterruptedException {
        String path = "/promises/components?suite=" + ControllerClient.encode(suite) + "&takeOver=" + takeOver;
        return controller
                .json(withJson(path).PUT(json(components)))
                .path("watched")
                .asBoolean();
    }

    private HttpRequest.Builder withJson(String path) {
        return controller.request(path).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(Object body) throws IOException {
        return HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body));
    }
}
