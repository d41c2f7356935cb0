package io.jenkins.plugins.promise.local.http;

import io.jenkins.plugins.promise.acceptance.view.Problem;
import io.jenkins.plugins.promise.contract.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** What the server refuses before a route sees it (a path that cannot be read, a header too long) is a problem too. */
public final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
        return ByteBuffer.wrap(body(status, reason));
    }

    @Override
    public void handle(String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        baseRequest.setHandled(true);
        response.setContentType(Problem.TYPE);
        Object message = request.getAttribute("jakarta.servlet.error.message");
        response.getOutputStream().write(body(response.getStatus(), message == null ? "" : message.toString()));
    }

    private static byte[] body(int status, String reason) {
        Problem problem = Problem.of("Bad request", status, reason == null ? "" : reason);
        return Json.mapper().valueToTree(problem).toString().getBytes(StandardCharsets.UTF_8);
    }
}
