package io.jenkins.plugins.promise.cli.component;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.reading.ComponentsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The folder that a command finds components in. */
public final class ComponentsArgument {
    /** What writes a suite that is made of components. */
    public static final String GENERATE = "promise component generate";

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "The folder of the components, with all folders in it (default: this one).")
    private Path folder;

    Components read() {
        return new ComponentsReader().read(folder);
    }

    /** The components there, if nothing in them is wrong; warnings go to {@code err}. */
    public Components readGood(PrintWriter err) {
        return good(folder, err);
    }

    /** The components of a folder, if nothing in them is wrong; warnings go to {@code err}. */
    public static Components good(Path folder, PrintWriter err) {
        Components read = new ComponentsReader().read(folder);
        if (!read.errors().isEmpty()) {
            throw CommandFailure.of(read.errors());
        }
        read.findings().forEach(err::println);
        err.flush();
        return read;
    }
}
