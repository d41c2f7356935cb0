package io.jenkins.plugins.promise.cli.suite;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.JobName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise new}. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Writes a first suite into a new folder: an orchestration, a worker, a rehearsal, a case.",
        footerHeading = "%nExamples:%n",
        footer = {"  promise new hello && promise rehearse hello && promise try hello"})
public final class NewCommand implements Callable<Integer> {
    private static final String FROM = "new-suite/";
    /** Maven leaves files of git's own names out of a jar. */
    private static final String IGNORED = "gitignore";

    private static final List<String> FILES = List.of(
            IGNORED,
            "suite.yaml",
            "jobs/greet/job.yaml",
            "jobs/greet/greet.groovy",
            "jobs/shout/job.yaml",
            "jobs/shout/shout.sh",
            "rehearsals/greet/ann.yaml",
            "cases/ann.yaml");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The folder; it must be empty, or not there yet.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        if (!JobName.valid(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + name + "' is no name for a suite: use letters, digits, '.', '_' and '-'");
        }
        if (Files.exists(folder) && !empty(folder)) {
            throw new CommandFailure(ExitCode.USAGE, folder + " is not empty; nothing was written");
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String file : FILES) {
            Path target = folder.resolve(file.equals(IGNORED) ? "." + file : file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text(file).replace("${name}", name));
            out.println(target);
        }
        for (FileSchema schema : FileSchema.values()) {
            Path target = folder.resolve(".schemas").resolve(schema.fileName());
            Files.createDirectories(target.getParent());
            Files.writeString(target, schema.text());
        }
        out.println(folder.resolve(".schemas") + "  (what editors know of these files)");
        out.println("next: promise check " + folder + " && promise rehearse " + folder + " && promise try " + folder);
        out.flush();
        return ExitCode.SUCCESS;
    }

    private static boolean empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static String text(String file) throws IOException {
        try (InputStream in = NewCommand.class.getResourceAsStream(FROM + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
