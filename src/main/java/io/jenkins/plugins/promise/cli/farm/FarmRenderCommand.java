package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.ExitCode;
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

/** {@code promise farm render}. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a farm's machines are made from: configuration-as-code, the plugin list with versions and checksums, services, first starts, and one CloudFormation template.",
            "No secret is in it. The same file gives the same bytes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm render quote.yaml --out rendered --plugins plugins,target",
            "  promise farm render quote.yaml --out rendered --plugins update-center.json --scale linux=10",
            "",
            "Into a folder that it wrote before it writes again what has changed, and takes away what is not made any more; it touches no other file. README.md in it tells what each file is for."
        })
final class FarmRenderCommand implements Callable<Integer> {
    /** What writes the files, for people who find them. */
    static final String COMMAND = "promise farm render";

    @Spec
    private CommandSpec spec;

    @Mixin
    private FarmFiles farm;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the files are written.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        SortedMap<String, byte[]> files = farm.render(spec.commandLine().getErr());
        int changed = new GeneratedFiles(out.toAbsolutePath().normalize(), COMMAND).write(files);
        spec.commandLine()
                .getOut()
                .println(out + ": " + Counted.of(files.size(), "file") + ", " + changed + " changed");
        return ExitCode.SUCCESS;
    }
}
