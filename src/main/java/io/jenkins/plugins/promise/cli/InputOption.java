package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.suite.FileInputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The inputs that are given on the command line, or by it from where other users of the machine cannot see them. */
public final class InputOption {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "NAME=VALUE",
            mapFallbackValue = Option.NULL_VALUE,
            description =
                    "An input of the job; may be given many times. For an input of type uri, VALUE may be a file. Other"
                            + " users of this machine can see a command line: for secrets take one of the next two.")
    private final Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--input-file",
            paramLabel = "NAME=FILE",
            mapFallbackValue = Option.NULL_VALUE,
            description = "An input whose value is the text in a file, without the line end at its end; - for standard"
                    + " input.")
    private final Map<String, String> files = new LinkedHashMap<>();

    @Option(
            names = "--input-env",
            paramLabel = "NAME=VARIABLE",
            mapFallbackValue = Option.NULL_VALUE,
            description = "An input whose value is that of an environment variable.")
    private final Map<String, String> variables = new LinkedHashMap<>();

    /** The inputs that stand on the command line themselves. */
    public Map<String, String> given() {
        return whole(inputs, "--input", "NAME=VALUE");
    }

    /**
     * The inputs that stand on the command line, with the path of each file for one of type uri made a URI.
     *
     * @throws CommandFailure if there is no such file
     */
    public Map<String, String> located(Contract contract) {
        given().forEach((name, value) -> {
            if (FileInputs.missing(contract, name, value)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--input " + name + "=" + value + ": there is no file " + value
                                + " here; mend the path, or give a" + " URI, as in " + FileInputs.uri(Path.of(value))
                                + ", where the job is to write it");
            }
        });
        return FileInputs.resolve(contract, given(), Path.of(""));
    }

    /** The inputs from files and variables. */
    public Map<String, String> read(InputStream standardInput) throws IOException {
        whole(files, "--input-file", "NAME=FILE");
        whole(variables, "--input-env", "NAME=VARIABLE");
        Map<String, String> read = new LinkedHashMap<>();
        boolean used = false;
        for (Map.Entry<String, String> file : files.entrySet()) {
            boolean standard = file.getValue().equals(STANDARD_INPUT);
            if (standard && used) {
                throw new CommandFailure(ExitCode.USAGE, "only one --input-file can be read from standard input");
            }
            used |= standard;
            put(read, file.getKey(), standard ? text(file, standardInput.readAllBytes()) : text(file));
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String value = System.getenv(variable.getValue());
            if (value == null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--input-env " + told(variable) + ": there is no variable " + variable.getValue());
            }
            put(read, variable.getKey(), value);
        }
        return read;
    }

    private static Map<String, String> whole(Map<String, String> given, String option, String form) {
        given.forEach((name, value) -> {
            if (value == null) {
                throw new CommandFailure(ExitCode.USAGE, option + " " + name + ": give it as " + form);
            }
        });
        return new LinkedHashMap<>(given);
    }

    private void put(Map<String, String> read, String name, String value) {
        if (inputs.containsKey(name) || read.putIfAbsent(name, value) != null) {
            throw new CommandFailure(ExitCode.USAGE, "the input " + name + " is given twice");
        }
    }

    private static String text(Map.Entry<String, String> file) {
        try {
            return text(file, Files.readAllBytes(Path.of(file.getValue())));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--input-file " + told(file) + ": the file "
                            + (Files.exists(Path.of(file.getValue())) ? "cannot be read" : "is not there"));
        }
    }

    private static String text(Map.Entry<String, String> file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.replaceFirst("\r?\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.USAGE, "--input-file " + told(file) + ": the file is not UTF-8 text");
        }
    }

    private static String told(Map.Entry<String, String> option) {
        return option.getKey() + "=" + option.getValue();
    }

    /** Warns of secrets that stand on the command line. */
    public void warn(Predicate<String> secret, PrintWriter err) {
        inputs.keySet().stream()
                .filter(secret)
                .forEach(name -> err.println("warning: " + name
                        + " is a secret, and other users of this machine can see a command line; give it with"
                        + " --input-file or --input-env"));
        err.flush();
    }
}
