package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code promise resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {"Has a version that was paused started again, what waits first."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise resume quote                  the version that it stands for",
            "  promise resume quote-v44-1a2b3c4      that one"
        })
public final class ResumeCommand extends PausingCommand {
    @Override
    JsonNode done(ControllerClient client, String job) throws IOException, InterruptedException {
        return client.resume(job);
    }

    @Override
    String told(JsonNode version) {
        return "resumed";
    }
}
