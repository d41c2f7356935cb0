package io.jenkins.plugins.promise.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What may come next on a command line. */
final class Completion {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@+,-]+");

    private final CommandSpec root;

    Completion(CommandSpec root) {
        this.root = root;
    }

    /** All that the last word may become, in the order in which it is shown; nothing where a file's name is wanted. */
    List<String> of(LineWords words) {
        Place place = new Place(root, words.before());
        String last = words.last();
        if (!place.inArgument() && last.startsWith("-")) {
            int equals = last.indexOf('=');
            return equals < 0 ? options(place, last) : value(place, last, equals);
        }
        List<String> candidates = new ArrayList<>();
        if (!place.inArgument() && place.noParameters()) {
            place.command().subcommands().forEach((name, inner) -> {
                if (!inner.getCommandSpec().usageMessage().hidden()) {
                    candidates.add(name);
                }
            });
        }
        place.argument().ifPresent(a -> candidates.addAll(values(place, a, last)));
        return beginning(candidates, last);
    }

    private static List<String> options(Place place, String last) {
        List<String> names = place.command().options().stream()
                .filter(o -> !o.hidden())
                .filter(o -> o.isMultiValue() || place.option(o.longestName()).isEmpty())
                .map(OptionSpec::longestName)
                .toList();
        return beginning(names, last);
    }

    private static List<String> value(Place place, String last, int equals) {
        OptionSpec option = place.command().findOption(last.substring(0, equals));
        String begun = last.substring(equals + 1);
        return option == null
                ? List.of()
                : beginning(values(place, option, begun), begun).stream()
                        .map(value -> last.substring(0, equals + 1) + value)
                        .toList();
    }

    private static List<String> values(Place place, ArgSpec argument, String begun) {
        Optional<Known> known = Known.of(argument.paramLabel());
        if (known.isPresent()) {
            return new KnownNames(place, begun).of(known.get());
        }
        List<String> values = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(values::add);
        }
        return values;
    }

    /** Ids are written in capitals, and need not be typed so. */
    static boolean begins(String candidate, String begun) {
        return candidate.regionMatches(true, 0, begun, 0, begun.length());
    }

    /** What a shell would not take as it stands is not offered: a file of a stranger's suite may be called anything. */
    private static List<String> beginning(List<String> candidates, String begun) {
        return candidates.stream()
                .filter(c -> PLAIN.matcher(c).matches() && begins(c, begun))
                .distinct()
                .toList();
    }
}
