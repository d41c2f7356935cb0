package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.cli.completion.CompleteLineCommand;
import io.jenkins.plugins.promise.cli.completion.CompletionCommand;
import io.jenkins.plugins.promise.cli.component.ComponentCommand;
import io.jenkins.plugins.promise.cli.deployment.DeployCommand;
import io.jenkins.plugins.promise.cli.deployment.PauseCommand;
import io.jenkins.plugins.promise.cli.deployment.PruneCommand;
import io.jenkins.plugins.promise.cli.deployment.ResumeCommand;
import io.jenkins.plugins.promise.cli.deployment.RollbackCommand;
import io.jenkins.plugins.promise.cli.deployment.VersionsCommand;
import io.jenkins.plugins.promise.cli.drive.DriveCommand;
import io.jenkins.plugins.promise.cli.ending.Interruption;
import io.jenkins.plugins.promise.cli.environment.EnvironmentCommand;
import io.jenkins.plugins.promise.cli.farm.FarmCommand;
import io.jenkins.plugins.promise.cli.promise.AgainCommand;
import io.jenkins.plugins.promise.cli.promise.CancelCommand;
import io.jenkins.plugins.promise.cli.promise.ListCommand;
import io.jenkins.plugins.promise.cli.promise.LogsCommand;
import io.jenkins.plugins.promise.cli.promise.RedeliverCommand;
import io.jenkins.plugins.promise.cli.promise.StatusCommand;
import io.jenkins.plugins.promise.cli.promise.SubmitCommand;
import io.jenkins.plugins.promise.cli.suite.CheckCommand;
import io.jenkins.plugins.promise.cli.suite.CompileCommand;
import io.jenkins.plugins.promise.cli.suite.NewCommand;
import io.jenkins.plugins.promise.cli.suite.RehearseCommand;
import io.jenkins.plugins.promise.cli.suite.SchemaCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code promise} and its subcommands. */
@Command(
        name = "promise",
        mixinStandardHelpOptions = true,
        versionProvider = PromiseCommand.Version.class,
        description = "Runs promise jobs on this machine, and handles those of a controller.",
        subcommands = {
            TryCommand.class,
            ServeCommand.class,
            SubmitCommand.class,
            ListCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            RedeliverCommand.class,
            AgainCommand.class,
            NewCommand.class,
            CheckCommand.class,
            RehearseCommand.class,
            SchemaCommand.class,
            DriveCommand.class,
            CompileCommand.class,
            DeployCommand.class,
            VersionsCommand.class,
            RollbackCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            PruneCommand.class,
            LedgerCommand.class,
            ComponentCommand.class,
            FarmCommand.class,
            EnvironmentCommand.class,
            CompletionCommand.class,
            CompleteLineCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise try                                 price the example part, and print its report",
            "  promise try my-suite --input NAME=world     run a suite of your own",
            "  promise check my-suite                      is everything in it right?",
            "  promise serve my-suite --open               a local controller for a laptop",
            "  promise deploy my-suite --dry-run           what would a deployment change?",
            "  eval \"$(promise completion bash)\"           completion, also of jobs, versions, cases and ids; or zsh",
            "",
            "Exit codes: 0 success, 1 the promise was rejected or the check found errors, 2 the command line or the inputs are wrong, 3 something could not be reached or written."
        })
public final class PromiseCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        configureLogging();
        int code = commandLine().execute(arguments);
        System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new PromiseCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        // @last is a promise, whatever file of that name lies here.
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler(new Mistakes());
        line.setExecutionExceptionHandler((exception, command, result) -> {
            if (Interruption.happening()) {
                return ExitCode.UNREACHABLE;
            }
            if (exception instanceof CommandFailure failure) {
                command.getErr().println(failure.getMessage());
                return failure.exitCode();
            }
            if (exception instanceof IOException || exception instanceof UncheckedIOException) {
                command.getErr().println("promise: " + exception.getMessage());
                return ExitCode.UNREACHABLE;
            }
            throw exception;
        });
        return line;
    }

    private static void configureLogging() {
        String settings = "handlers=java.util.logging.ConsoleHandler\n"
                + ".level=WARNING\n"
                + "org.eclipse.jetty.level=SEVERE\n"
                + "java.util.logging.SimpleFormatter.format=%1$tF %1$tT %4$s %5$s%6$s%n\n";
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array can be read", e);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? See the list below.");
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PromiseCommand.class.getPackage().getImplementationVersion();
            return new String[] {"promise " + (version == null ? "(not packaged)" : version)};
        }
    }
}
