package io.jenkins.plugins.promise.jenkins.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.springframework.security.access.AccessDeniedException;

/** An answer in JSON. */
public final class Answer implements HttpResponse {
    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Answer(int status, String type, byte[] body) {
        this.status = status;
        this.type = type;
        this.body = body;
    }

    static Answer of(int status, String type, byte[] body) {
        return new Answer(status, type, body);
    }

    /** A JSON value. */
    public static Answer json(int status, JsonNode body) {
        return json(status, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body);
    }

    /** That a promise was accepted, and where it is told of. */
    public static Answer accepted(Promise promise) {
        PromiseView view = new PromiseView(JenkinsLinks.promises());
        return json(HttpServletResponse.SC_CREATED, view.accepted(promise))
                .with("Location", String.valueOf(view.queueUrl(promise)));
    }

    /** A refusal. */
    public static Answer of(Refused refused) {
        return of(Problem.of(refused));
    }

    /** A problem. */
    public static Answer of(Problem problem) {
        JsonNode node = Json.mapper().valueToTree(problem);
        Answer answer =
                new Answer(problem.status(), Problem.TYPE, node.toString().getBytes(StandardCharsets.UTF_8));
        return problem.status() == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
    }

    /** The same with a header. */
    public Answer with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /**
     * Runs what may be refused.
     *
     * @throws AccessDeniedException if it is, and a browser may log in and try again
     */
    public static HttpResponse of(Work work) throws IOException {
        try {
            return work.run();
        } catch (Refused e) {
            if (e.why() == Refused.Why.UNAUTHORIZED && PromisesRootAction.wantsPage(Stapler.getCurrentRequest2())) {
                // Jenkins asks whoever sits at a browser to log in, and leads them back.
                throw new AccessDeniedException(e.getMessage());
            }
            return of(e);
        }
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        write(response);
    }

    /** Answers with it. */
    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        List<String> names = new ArrayList<>(headers.keySet());
        names.forEach(name -> response.setHeader(name, headers.get(name)));
        response.getOutputStream().write(body);
    }

    /** Something that answers a request. */
    @FunctionalInterface
    public interface Work {
        /** Answers, or refuses. */
        HttpResponse run() throws Refused, IOException;
    }
}
