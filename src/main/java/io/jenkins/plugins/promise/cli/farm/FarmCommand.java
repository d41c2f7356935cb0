package io.jenkins.plugins.promise.cli.farm;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise farm}. */
@Command(
        name = "farm",
        mixinStandardHelpOptions = true,
        description = {
            "Farms: controllers, agents, security, plugins and suites, all from one file, on this machine or in a cloud's",
            "zones, at any scale."
        },
        subcommands = {FarmCheckCommand.class, FarmRenderCommand.class, FarmDiffCommand.class, FarmSchemaCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm check quote.yaml                     is everything in the file right?",
            "  promise farm render quote.yaml --out rendered     what its machines are made from",
            "  promise farm diff quote.yaml rendered             what would change"
        })
public final class FarmCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See the list below.");
    }
}
