package io.jenkins.plugins.promise.local.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker's script: what runs it, and what may be wrong with it.
 *
 * @param path where it lies
 */
record ScriptFile(Path path) {
    private static final int MOST_READ = 256;
    private static final Pattern SHEBANG = Pattern.compile("#![ \t]*([^ \t\r\n]+)");
    private static final Pattern SYSTEM_ERROR = Pattern.compile("error=([0-9]+), (.*)");
    private static final int NO_SUCH_FILE = 2;
    private static final int TOO_LARGE = 7;
    private static final int NO_PROGRAM = 8;
    private static final int NOT_ALLOWED = 13;
    private static final int NO_FOLDER = 20;

    /** What runs it: the interpreter that its first line names, else bash. */
    List<String> command() throws IOException {
        return interpreter().isPresent() ? List.of(path.toString()) : List.of("bash", path.toString());
    }

    /**
     * What is wrong with it so that it would never start; nothing if that cannot be seen.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<String> problem() throws IOException {
        if (!Files.exists(path)) {
            return Optional.of(path + " is gone from the deployed version");
        }
        Optional<String> interpreter = interpreter();
        if (interpreter.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(interpreter.get()))) {
            return Optional.of("its first line names " + interpreter.get() + ", and this machine has no such program");
        }
        return Files.isExecutable(path) ? Optional.empty() : Optional.of(path + " is not executable");
    }

    private Optional<String> interpreter() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Matcher first = SHEBANG.matcher(new String(in.readNBytes(MOST_READ), StandardCharsets.ISO_8859_1));
            return first.lookingAt() ? Optional.of(first.group(1)) : Optional.empty();
        }
    }

    /**
     * Why the operating system does not start it, where it never will; nothing where it was the machine's fault (no
     * memory, no file handles), so that it may start later.
     */
    static Optional<String> fault(IOException refusal) {
        Matcher error = SYSTEM_ERROR.matcher(String.valueOf(refusal.getMessage()));
        if (!error.find()) {
            return Optional.empty();
        }
        return switch (Integer.parseInt(error.group(1))) {
            case TOO_LARGE -> Optional.of("its inputs are too large for this operating system (" + error.group(2)
                    + "); give it the address of a file instead");
            case NO_SUCH_FILE, NO_PROGRAM, NOT_ALLOWED, NO_FOLDER -> Optional.of(error.group(2));
            default -> Optional.empty();
        };
    }
}
