package io.jenkins.plugins.promise.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line in a line or two; all commands are listed only to who has named none. */
final class Mistakes implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + mistake.getMessage());
        List<String> near =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        if (!near.isEmpty()) {
            err.println("did you mean: " + String.join(", or ", near) + "?");
        }
        if (mistake.getClass() == ParameterException.class
                && !command.getSubcommands().isEmpty()) {
            command.usage(err);
        } else {
            err.println("more: " + name + " --help");
        }
        err.flush();
        return ExitCode.USAGE;
    }
}
