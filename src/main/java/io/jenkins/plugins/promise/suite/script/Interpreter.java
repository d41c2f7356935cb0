package io.jenkins.plugins.promise.suite.script;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can say whether a script parses, without running it, and in which words it does. */
enum Interpreter {
    /** The shells. */
    SHELL("(?:ba|da|k|z)?sh", "^.*?: line (\\d+): (.*)$|^.*?: (\\d+): (.*)$", "-n"),
    /** Writes no compiled file beside the script. */
    PYTHON(
            "python[0-9.]*",
            "^(\\d+):(.*)$",
            "-c",
            "import ast,sys\n"
                    + "try: ast.parse(open(sys.argv[1],'rb').read())\n"
                    + "except (SyntaxError,ValueError) as e:\n"
                    + "  sys.exit('%s:%s' % (getattr(e,'lineno',None) or 1, getattr(e,'msg',None) or e))"),
    NODE("node(?:js)?", "^.*:(\\d+)$|^(?:)(?:)()(SyntaxError: .*)$", "--check"),
    RUBY("ruby[0-9.]*", "^.*?:(\\d+): (.*)$", "-c"),
    PERL("perl[0-9.]*", "^(?:)(?:)(.*) at \\S+ line (\\d+)[.,].*$", "-c");

    private static final String EXTENDED = "extglob";
    private static final Pattern SHEBANG = Pattern.compile("#!\\s*(\\S+)(?:\\s+(\\S+))?.*");

    private final Pattern names;
    private final Pattern told;
    private final ImmutableList<String> options;

    Interpreter(String names, String told, String... options) {
        this.names = Pattern.compile(names);
        this.told = Pattern.compile(told);
        this.options = ImmutableList.copyOf(options);
    }

    /**
     * What a script is run with.
     *
     * @param program as its first line names it
     */
    record Use(Interpreter interpreter, String program) {
        /** Whether the script has to come by its standard input: node goes by the endings of files. */
        boolean fromInput(Path script) {
            return interpreter == NODE && !script.toString().matches(".*\\.[cm]?js");
        }

        /** Whether it is bash's, and switches patterns on that do not parse otherwise, and that reading alone does not. */
        private boolean extended(Path script) {
            try {
                return interpreter == SHELL
                        && program.endsWith("bash")
                        && Files.readString(script, StandardCharsets.ISO_8859_1).contains(EXTENDED);
            } catch (IOException e) {
                // That it cannot be read is told where it is looked for.
                return false;
            }
        }

        /** The command that looks at the script. */
        List<String> command(Path script) {
            return Stream.of(
                            List.of(program),
                            extended(script) ? List.of("-O", EXTENDED) : List.<String>of(),
                            interpreter.options,
                            List.of(fromInput(script) ? "-" : script.toString()))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** What runs a script that begins with that line; nothing where nobody here knows how it is looked at. */
    static Optional<Use> of(String firstLine) {
        if (!firstLine.startsWith("#!")) {
            return Optional.of(new Use(SHELL, "bash"));
        }
        Matcher shebang = SHEBANG.matcher(firstLine);
        if (!shebang.matches()) {
            return Optional.empty();
        }
        boolean env = shebang.group(1).endsWith("/env") && shebang.group(2) != null;
        String program = env ? shebang.group(2) : shebang.group(1);
        String name = program.substring(program.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        for (Interpreter known : values()) {
            if (known.names.matcher(name).matches()) {
                return Optional.of(new Use(known, program));
            }
        }
        return Optional.empty();
    }

    /** The first problem in what the program has printed; line 0 where it names none. */
    Problem problem(String printed) {
        int line = 0;
        String message = "";
        for (String one : printed.lines().toList()) {
            Matcher matcher = told.matcher(one);
            if (!matcher.matches()) {
                continue;
            }
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String part = matcher.group(group);
                if (part == null || part.isEmpty()) {
                    continue;
                }
                if (line == 0 && part.matches("[0-9]{1,9}")) {
                    line = Integer.parseInt(part);
                } else if (message.isEmpty()) {
                    message = part.strip();
                }
            }
            if (line > 0 && !message.isEmpty()) {
                break;
            }
        }
        return new Problem(line, message.isEmpty() ? printed.lines().findFirst().orElse("does not parse") : message);
    }

    /**
     * Why a script does not parse.
     *
     * @param line 0 if it is not known
     */
    record Problem(int line, String message) {}
}
