package io.jenkins.plugins.promise.jenkins.web;

import hudson.model.Run;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The log of a build from a byte on, as Jenkins has it followed.
 *
 * @param build the build
 */
record FollowedLog(Run<?, ?> build) implements HttpResponse {
    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        build.getLogText().doProgressText(request, response);
    }
}
