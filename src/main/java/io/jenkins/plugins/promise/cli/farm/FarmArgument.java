package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmRead;
import io.jenkins.plugins.promise.farm.reading.FarmReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The farm file that a command works on. */
final class FarmArgument {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "farm.yaml",
            description = "The farm file (default: ${DEFAULT-VALUE}).")
    private Path file;

    Path file() {
        return file;
    }

    FarmRead read() {
        return new FarmReader().read(file, file.toString());
    }

    /** The farm, if nothing in its file is wrong; warnings go to {@code err}. */
    Farm readGood(PrintWriter err) {
        FarmRead read = read();
        if (read.farm().isEmpty()) {
            throw CommandFailure.of(read.errors());
        }
        read.findings().forEach(err::println);
        err.flush();
        return read.farm().get();
    }
}
