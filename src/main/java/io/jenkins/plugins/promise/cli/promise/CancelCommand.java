package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code promise cancel}. */
@Command(
        name = "cancel",
        description =
                "Settles a promise as rejected and stops its build and its workers. Its report is sent all the same.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise cancel 01JDEFGH6Z", "  promise cancel @last"})
public final class CancelCommand extends HandlingCommand {
    /** The command. */
    public CancelCommand() {
        super("cancel");
    }

    @Override
    String told(String id, JsonNode answer) {
        return id + " " + answer.path("state").asText().toLowerCase(Locale.ROOT);
    }
}
