package io.jenkins.plugins.promise.cli.component;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise component}. */
@Command(
        name = "component",
        mixinStandardHelpOptions = true,
        description = {
            "Components: one file a module, component.yaml, that says where it lives, how it is built, tested, staged and released, and whom it depends on.",
            "All of a folder are made into an ordinary suite of promise jobs."
        },
        subcommands = {
            ComponentCheckCommand.class,
            ComponentGraphCommand.class,
            ComponentChangedCommand.class,
            ComponentGenerateCommand.class,
            ComponentSchemaCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise component check shop                  is everything in the files right?",
            "  promise component generate shop --out suite   the suite, to be read, rehearsed and deployed",
            "  promise deploy --components shop              the same, all the way"
        })
public final class ComponentCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See the list below.");
    }
}
