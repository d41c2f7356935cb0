package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code promise farm supervise}, which {@code up} starts. */
@Command(
        name = "supervise",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Keeps a farm's controller running.")
final class FarmSuperviseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "The farm's folder.")
    private Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Supervisor supervisor = new Supervisor(new FarmFolder(folder));
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "promise-farm-stop"));
        return supervisor.run() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
}
