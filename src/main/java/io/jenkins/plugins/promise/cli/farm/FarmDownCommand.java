package io.jenkins.plugins.promise.cli.farm;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise farm down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = {
            "Stops a farm on this machine, and takes away all that is kept of it.",
            "While a promise is open that is refused: it was accepted, and must be reported."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm down examples/qa/production.yaml --keep     the next up goes on where it stopped",
            "  promise farm down examples/qa/test.yaml                  leaves nothing"
        })
final class FarmDownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalArgument local;

    @Option(names = "--keep", description = "Keep what it has: promises, versions, secrets.")
    private boolean keep;

    @Option(names = "--force", description = "Take everything away, open promises too; nobody hears of them any more.")
    private boolean force;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Farm farm = local.read(spec.commandLine().getErr());
        LocalArgument.refuseItself(farm, "stop");
        FarmFolder folder = local.folder(farm);
        if (!Files.isDirectory(folder.folder())) {
            spec.commandLine().getOut().println(farm.name() + " is not there");
            return ExitCode.SUCCESS;
        }
        if (!folder.ours() && !folder.empty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, folder.folder() + " is no folder of a farm: nothing in it is touched");
        }
        LocalFarm processes = new LocalFarm(farm, folder);
        if (!keep && !force && Files.isDirectory(folder.home())) {
            refuseOpen(processes, farm);
        }
        try (Bar bar = new Bar(spec.commandLine().getErr(), "farm down")) {
            bar.now("what runs comes to its end");
            processes.stop();
        }
        if (!keep) {
            MoreFiles.deleteRecursively(folder.folder(), RecursiveDeleteOption.ALLOW_INSECURE);
        }
        spec.commandLine()
                .getOut()
                .println(farm.name() + " is down; " + (keep ? folder.folder() + " is kept" : "nothing is left"));
        return ExitCode.SUCCESS;
    }

    private static void refuseOpen(LocalFarm processes, Farm farm) throws IOException, InterruptedException {
        if (!processes.up()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    farm.name() + " does not answer, and may have open promises; start it, or --keep or --force");
        }
        int open = processes.client().promises("state=open").path("count").asInt();
        if (open > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    Counted.of(open, "promise is", "promises are")
                            + " open; wait, or --keep for the next up, or --force");
        }
    }
}
