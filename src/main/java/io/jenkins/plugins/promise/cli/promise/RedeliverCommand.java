package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.words.Counted;
import picocli.CommandLine.Command;

/** {@code promise redeliver}. */
@Command(
        name = "redeliver",
        description =
                "Sends a settled promise's report again: to the callbacks that have not got it, or to all if all have.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise redeliver 01JDEFGH6Z", "  promise list --state undelivered     what was given up"})
public final class RedeliverCommand extends HandlingCommand {
    /** The command. */
    public RedeliverCommand() {
        super("redeliver");
    }

    @Override
    String told(String id, JsonNode answer) {
        int count = answer.path("deliveries").asInt();
        return id + ": sent again to " + Counted.of(count, "callback");
    }
}
