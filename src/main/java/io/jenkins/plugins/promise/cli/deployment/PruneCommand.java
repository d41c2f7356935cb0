package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.promise.TimeText;
import io.jenkins.plugins.promise.contract.words.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise prune}. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Removes versions from a controller that have not been used for a while, are not latest, have no open promise, and that no version which stays uses.",
            "Tells why each of the others stays."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  promise prune --dry-run", "  promise prune --older-than 30d --controller https://ci.example"})
public final class PruneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "How long a version must not have been used (default: ${DEFAULT-VALUE}).")
    private String olderThan;

    @Option(names = "--dry-run", description = "Only tell what would go.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode pruning = controller.client().prune(olderThan, dryRun);
        PrintWriter out = spec.commandLine().getOut();
        TimeText times = new TimeText(ZoneId.systemDefault());
        int gone = 0;
        for (JsonNode verdict : pruning.path("verdicts")) {
            String version = verdict.path("version").asText();
            if (verdict.hasNonNull("kept")) {
                out.println("stays    " + version + "  ("
                        + times.in(verdict.path("kept").asText()) + ")");
            } else {
                gone++;
                out.println((dryRun ? "would go " : "removed  ") + version);
            }
        }
        out.println(gone + " of " + Counted.of(pruning.path("verdicts").size(), "version") + " "
                + (dryRun ? "would go" : "removed"));
        out.flush();
        return ExitCode.SUCCESS;
    }
}
