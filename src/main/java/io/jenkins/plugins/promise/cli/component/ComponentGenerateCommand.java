package io.jenkins.plugins.promise.cli.component;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.generation.SuiteGenerator;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise component generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the suite that is made of components: jobs that build, test, stage and release each of them and each environment, with rehearsals and no-op reports.",
            "The same files give the same bytes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise component generate shop --out suite && promise check suite && promise rehearse suite",
            "",
            "Into a folder that it wrote before it writes again what has changed, and takes away what is not made any more; it touches no other file."
        })
final class ComponentGenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ComponentsArgument components;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the suite is written.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Components read = components.readGood(spec.commandLine().getErr());
        SortedMap<String, byte[]> files = new SuiteGenerator().files(read);
        int changed = new GeneratedFiles(out.toAbsolutePath().normalize(), ComponentsArgument.GENERATE).write(files);
        spec.commandLine()
                .getOut()
                .println(out + ": " + Counted.of(files.size(), "file") + ", " + changed + " changed");
        return ExitCode.SUCCESS;
    }
}
