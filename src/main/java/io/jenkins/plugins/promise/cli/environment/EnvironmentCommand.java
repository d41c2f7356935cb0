package io.jenkins.plugins.promise.cli.environment;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise env}. */
@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description = {
            "Environments of a controller: which component is where at which commit, what is on its way, and what holds it up."
        },
        subcommands = {
            EnvironmentListCommand.class,
            EnvironmentShowCommand.class,
            EnvironmentDiffCommand.class,
            EnvironmentHistoryCommand.class,
            EnvironmentFreezeCommand.class,
            EnvironmentApproveCommand.class,
            EnvironmentCandidatesCommand.class,
            EnvironmentRollbackCommand.class,
            EnvironmentDeclareCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise env declare shop                        the environments of shop/environments.yaml",
            "  promise env list",
            "  promise env diff test production                what is tested and not released",
            "  promise env approve production 1a2b3c4d5e6f7a8b",
            "  promise env candidates test                     what became of the latest",
            "  promise env rollback production                 releases what was there before, and waits for the report",
            "  promise env freeze production --why Christmas   and: promise env freeze production --lift"
        })
public final class EnvironmentCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See the list below.");
    }
}
