package io.jenkins.plugins.promise.cli.farm;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise farm}. */
@Command(
        name = "farm",
        mixinStandardHelpOptions = true,
        description = {"Farms: controllers, agents, people, secrets, plugins and suites, all from one file."},
        subcommands = {
            FarmCheckCommand.class,
            FarmRenderCommand.class,
            FarmDiffCommand.class,
            FarmUpCommand.class,
            FarmStatusCommand.class,
            FarmDownCommand.class,
            FarmSuperviseCommand.class,
            FarmSchemaCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm check quote.yaml                     is everything in the file right?",
            "  promise farm render quote.yaml --out rendered     what its machines are made from",
            "  promise farm diff quote.yaml rendered             what would change",
            "  promise farm up production.yaml --local           the same farm as processes of this machine"
        })
public final class FarmCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See the list below.");
    }
}
