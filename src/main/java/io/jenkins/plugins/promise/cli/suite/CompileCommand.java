package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.BundleArgument;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise compile}. */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a suite, adds its libraries, and names its versions after git's history.",
            "Prints a line for each version, with the versions that it uses; with --out it writes the bundle that deploy would send."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise compile                       what would the versions be?",
            "  promise compile my-suite --out my-suite.zip",
            "  promise deploy --bundle my-suite.zip  the same bytes, wherever they were made"
        })
public final class CompileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BundleArgument suite;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the bundle there.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Bundle bundle = suite.compile(err);
        if (out != null) {
            write(bundle, out.toAbsolutePath());
        }
        PrintWriter lines = spec.commandLine().getOut();
        for (Deployed version : bundle.versions()) {
            lines.println(version.version()
                    + (version.uses().isEmpty()
                            ? ""
                            : "  uses " + String.join(", ", version.uses().values())));
        }
        lines.flush();
        return ExitCode.SUCCESS;
    }

    private static void write(Bundle bundle, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
        try {
            bundle.write(Files.newOutputStream(unfinished));
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
