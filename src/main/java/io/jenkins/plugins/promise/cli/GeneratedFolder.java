package io.jenkins.plugins.promise.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.jenkins.plugins.promise.cli.component.ComponentsArgument;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.generation.SuiteGenerator;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
        Path made = Files.createTempDirectory("promise-components-");
        // The files of a bundle are read while it is sent, by whoever sends it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made), "promise-components"));
        new GeneratedFiles(made, ComponentsArgument.GENERATE).write(new SuiteGenerator().files(read));
        return new GeneratedFolder(made, read);
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            // It lies where the machine keeps what may go away at any time.
        }
    }
}
