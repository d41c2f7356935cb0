package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line in one line; all commands are listed only to who has named none. */
final class Mistakes implements IParameterExceptionHandler {
    /** How the library tells a word that is none of those that there are. */
    private static final Pattern WRONG = Pattern.compile(
            "(?<where>.* expected one of )\\[(?<words>.*)] \\(case-insensitive\\) but was '(?<word>.*)'");

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (mistake.getClass() == ParameterException.class
                && !command.getSubcommands().isEmpty()) {
            err.println(name + ": " + mistake.getMessage());
            command.usage(err);
        } else {
            err.println(name + ": " + told(mistake, command.getCommandSpec()) + " (" + name + " --help)");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    /** What is wrong, and what was probably meant. */
    private static String told(ParameterException mistake, CommandSpec command) {
        String message = mistake.getMessage().replaceAll("\\s+", " ");
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                return message + Nearest.hint(word.replaceFirst("=.*", ""), options(command));
            }
            if (!command.subcommands().isEmpty()) {
                return "there is no command '" + word + "'" + Nearest.hint(word, commands(command));
            }
        }
        Matcher wrong = WRONG.matcher(message);
        if (wrong.matches()) {
            List<String> words =
                    List.of(wrong.group("words").toLowerCase(Locale.ROOT).split(", ", -1));
            String word = wrong.group("word");
            return wrong.group("where") + words + ", not '" + word + "'" + Nearest.hint(word, words);
        }
        return message;
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream()
                .filter(o -> !o.hidden())
                .flatMap(o -> List.of(o.names()).stream())
                .toList();
    }

    private static List<String> commands(CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }
}
