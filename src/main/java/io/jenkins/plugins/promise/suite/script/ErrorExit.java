package io.jenkins.plugins.promise.suite.script;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a shell's script of several commands ends at the first that fails. A shell goes on unless it is told otherwise,
 * while {@code sh} in a Jenkinsfile does not, and then a failure in the middle is nobody's.
 */
final class ErrorExit {
    /** Among all words of a {@code set}, which may have several. */
    private static final Pattern TOLD =
            Pattern.compile("(?m)^[^#\\n]*(?<![\\w-])(set((\\s+[-+]?\\w+)*?)(\\s+-[a-zA-Z]*e[a-zA-Z]*|"
                    + "\\s+-[a-zA-Z]*o\\s+errexit)\\b|shopt\\s+(?=[^\\n;]*-\\w*s)(-\\w+\\s+)+errexit\\b)");

    private static final Pattern TOLD_IN_FIRST_LINE = Pattern.compile("#!.*\\s-[a-zA-Z]*e[a-zA-Z]*\\b.*");
    private static final Pattern SOURCED = Pattern.compile("(?m)^\\s*(?:\\.|source)\\s+[\"']?([^\"'\\s;]+)");
    /** What follows is done where the command fails. */
    private static final Pattern MINDED =
            Pattern.compile("(?s).*\\|\\|\\s*(\\{.*\\b(exit|return)\\b.*|(exit|return|die|fail|true|:)(\\s[^|&]*)?)");
    /** What sets the shell, or a variable to a text. */
    private static final Pattern CANNOT_FAIL = Pattern.compile(
            "(set|shopt|trap|umask|:)\\s.*|((export|readonly)\\s+)?\\w+=(\"[^\"`$]*\"|'[^']*'|[\\w./:@%+,-]*)(\\s+#.*)?");

    private static final String JOB_FOLDER = "\\$\\{?PROMISE_JOB_DIR}?/";

    private final Path root;

    /**
     * Of the scripts of a suite.
     *
     * @param root the suite's folder
     */
    ErrorExit(Path root) {
        this.root = root;
    }

    /**
     * The warning where it does not; nothing where it does, or has one command only.
     *
     * @param file the script, relative to the suite
     */
    Optional<Finding> problem(String file) {
        String text;
        try {
            text = Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // That it cannot be read is told where it is looked for.
            return Optional.empty();
        }
        String firstLine = text.lines().findFirst().orElse("");
        int first = firstOfSeveral(text);
        if (first == 0
                || TOLD.matcher(HereDocuments.without(text)).find()
                || told(firstLine)
                || toldInSourced(text, file)) {
            return Optional.empty();
        }
        boolean bash = !firstLine.startsWith("#!") || firstLine.contains("bash");
        return Optional.of(Finding.warning(
                file,
                first,
                "",
                "goes on after a command that failed, and only the last one decides; begin with "
                        + (bash ? "set -euo pipefail" : "set -eu")
                        + ", or say that it is meant: # promise: ignore"));
    }

    private static boolean told(String firstLine) {
        return TOLD_IN_FIRST_LINE.matcher(firstLine).matches();
    }

    /** The line of the first command after which there is another though it fails, from 1; 0 if there is none. */
    private static int firstOfSeveral(String text) {
        List<ShellCommands.Command> commands = ShellCommands.of(text);
        return commands.stream()
                .limit(Math.max(0, commands.size() - 1))
                .filter(c -> !MINDED.matcher(c.text()).matches()
                        && !CANNOT_FAIL.matcher(c.text()).matches())
                .findFirst()
                .map(ShellCommands.Command::line)
                .orElse(0);
    }

    /** Whether a file says so that it reads first; one that cannot be found may. */
    private boolean toldInSourced(String text, String file) {
        Matcher sourced = SOURCED.matcher(text);
        while (sourced.find()) {
            String named = sourced.group(1).replaceFirst(JOB_FOLDER, "");
            try {
                Path folder = root.resolve(file).getParent();
                Path found = Files.isRegularFile(folder.resolve(named)) ? folder.resolve(named) : root.resolve(named);
                if (!Files.isRegularFile(found)
                        || TOLD.matcher(Files.readString(found, StandardCharsets.ISO_8859_1))
                                .find()) {
                    return true;
                }
            } catch (IOException | InvalidPathException e) {
                return true;
            }
        }
        return false;
    }
}
