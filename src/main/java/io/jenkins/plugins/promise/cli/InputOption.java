package io.jenkins.plugins.promise.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The inputs that are given on the command line. */
final class InputOption {
    @Option(
            names = {"-i", "--input"},
            paramLabel = "NAME=VALUE",
            description =
                    "An input of the job; may be given many times. For an input of type uri, VALUE may be a file.")
    private final Map<String, String> inputs = new LinkedHashMap<>();

    Map<String, String> given() {
        return new LinkedHashMap<>(inputs);
    }
}
