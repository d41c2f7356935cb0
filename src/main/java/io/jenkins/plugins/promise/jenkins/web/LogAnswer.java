package io.jenkins.plugins.promise.jenkins.web;

import io.jenkins.plugins.promise.ledger.log.PromiseLogs;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * A log as an answer, of which no browser makes anything else than text.
 *
 * @param log writes it
 */
record LogAnswer(PromiseLogs.Source log) implements HttpResponse {
    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        log.writeTo(response.getOutputStream());
    }
}
