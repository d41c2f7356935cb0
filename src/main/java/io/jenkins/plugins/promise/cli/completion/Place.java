package io.jenkins.plugins.promise.cli.completion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Where a command line that is being written stands: in which command, after what, in the middle of which argument. */
final class Place {
    private CommandSpec command;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private OptionSpec open;
    private boolean onlyParameters;

    /**
     * Reads what stands there.
     *
     * @param words those that are whole
     */
    Place(CommandSpec root, List<String> words) {
        command = root;
        words.forEach(this::read);
    }

    private void read(String word) {
        if (open != null) {
            options.put(open.longestName(), word);
            open = null;
        } else if (word.equals("--")) {
            onlyParameters = true;
        } else if (word.startsWith("-") && word.length() > 1 && !onlyParameters) {
            option(word);
        } else {
            CommandLine inner = parameters.isEmpty() ? command.subcommands().get(word) : null;
            if (inner == null) {
                parameters.add(word);
            } else {
                command = inner.getCommandSpec();
            }
        }
    }

    private void option(String word) {
        int equals = word.indexOf('=');
        OptionSpec option = command.findOption(equals < 0 ? word : word.substring(0, equals));
        if (option == null) {
            return;
        }
        if (equals > 0) {
            options.put(option.longestName(), word.substring(equals + 1));
        } else if (option.arity().min() > 0) {
            open = option;
        } else {
            options.put(option.longestName(), "");
        }
    }

    CommandSpec command() {
        return command;
    }

    /** What an option was given; empty for one that was not. */
    Optional<String> option(String... names) {
        return List.of(names).stream()
                .filter(options::containsKey)
                .map(options::get)
                .findFirst();
    }

    /** What stands for a parameter of that name; empty for nothing yet. */
    Optional<String> parameter(String label) {
        return command.positionalParameters().stream()
                .filter(p -> p.paramLabel().equals(label))
                .map(p -> p.index().min())
                .filter(i -> i < parameters.size())
                .map(parameters::get)
                .findFirst();
    }

    /** Whether only the value of an option, or a parameter, may come. */
    boolean inArgument() {
        return open != null || onlyParameters;
    }

    boolean noParameters() {
        return parameters.isEmpty();
    }

    /** What a word that is no option stands for; empty for nothing that the command takes. */
    Optional<ArgSpec> argument() {
        if (open != null) {
            return Optional.of(open);
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            if (parameter.index().contains(parameters.size())) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }
}
