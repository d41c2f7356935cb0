package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.cli.component.ComponentsArgument;
import io.jenkins.plugins.promise.cli.ending.ScratchFolder;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.generation.SuiteGenerator;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A suite that is made of components for one command.
 *
 * @param path where it is, until the process ends
 * @param components what it is made of
 */
record GeneratedFolder(Path path, Components components) {
    /** Makes it of the components in a folder; what is wrong with them is the failure. */
    static GeneratedFolder of(Path components, PrintWriter err) throws IOException {
        Components read = ComponentsArgument.good(components, err);
        // It goes when the process does: the files of a bundle are read while it is sent, by whoever sends it.
        Path made = new ScratchFolder("components").path();
        new GeneratedFiles(made, ComponentsArgument.GENERATE).write(new SuiteGenerator().files(read));
        return new GeneratedFolder(made, read);
    }
}
