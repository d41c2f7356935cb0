package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code promise again}. */
@Command(
        name = "again",
        description =
                "Submits the inputs of a promise once more, its secrets and callbacks too, to the latest version of its"
                        + " job. Prints what was accepted, as JSON.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise again 01JDEFGH6Z", "  promise again @last && promise logs @last -f"})
public final class AgainCommand extends HandlingCommand {
    /** The command. */
    public AgainCommand() {
        super("again");
    }

    @Override
    String told(String id, JsonNode answer) {
        return answer.toPrettyString();
    }
}
