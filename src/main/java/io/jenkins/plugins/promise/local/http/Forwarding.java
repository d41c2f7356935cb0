package io.jenkins.plugins.promise.local.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Answers with what another controller answers. */
final class Forwarding {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    /** What is of one connection only, and what the client makes itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final URI there;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWERS_WITHIN)
            .build();

    /** From there. */
    Forwarding(URI there) {
        this.there = there;
    }

    /** Asks there, and answers so; whoever asks next does better to ask there itself, and so the connection is closed. */
    void forward(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        HttpRequest.Builder asked = HttpRequest.newBuilder(
                        URI.create(there.toString().replaceFirst("/+$", "") + request.getRequestURI() + query))
                .timeout(ANSWERS_WITHIN)
                .method(
                        request.getMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                request.getInputStream().readAllBytes()));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (passes(name)) {
                Collections.list(request.getHeaders(name)).forEach(value -> asked.header(name, value));
            }
        }
        try {
            answer(client.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream()), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }

    private static void answer(HttpResponse<InputStream> answered, HttpServletResponse response) throws IOException {
        response.setStatus(answered.statusCode());
        for (Map.Entry<String, List<String>> header : answered.headers().map().entrySet()) {
            if (passes(header.getKey())) {
                header.getValue().forEach(value -> response.addHeader(header.getKey(), value));
            }
        }
        response.setHeader("Connection", "close");
        try (InputStream body = answered.body()) {
            body.transferTo(response.getOutputStream());
        }
    }

    private static boolean passes(String header) {
        return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }
}
