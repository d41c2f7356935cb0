package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code promise pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Has nothing of a version started until it is resumed: what is submitted is accepted and waits, what runs goes on.",
            "promise status says of what waits that it is paused, by whom and since when."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise pause quote                  the version that it stands for",
            "  promise pause quote-v44-1a2b3c4      that one"
        })
public final class PauseCommand extends PausingCommand {
    @Override
    JsonNode done(ControllerClient client, String job) throws IOException, InterruptedException {
        return client.pause(job);
    }

    @Override
    String told(JsonNode version) {
        return "paused by " + version.path("paused").path("by").asText();
    }
}
