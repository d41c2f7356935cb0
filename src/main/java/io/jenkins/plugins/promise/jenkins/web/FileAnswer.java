package io.jenkins.plugins.promise.jenkins.web;

import java.io.IOException;
import java.io.InputStream;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * A file that a worker wrote, whatever it is, as an answer: nothing that a browser may show or run in Jenkins' name.
 *
 * @param content is closed when it was sent
 */
record FileAnswer(InputStream content) implements HttpResponse {
    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        try (content) {
            response.setContentType("application/octet-stream");
            response.setHeader("Content-Disposition", "attachment");
            response.setHeader("X-Content-Type-Options", "nosniff");
            content.transferTo(response.getOutputStream());
        }
    }
}
