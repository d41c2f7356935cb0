package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.FarmRead;
import io.jenkins.plugins.promise.farm.WorkerType;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise farm check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a farm file: everything in it, and that the suites and files that it names are there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm check production.yaml",
            "",
            "A line for each finding, as compilers write it: file:line: field: message"
        })
final class FarmCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FarmArgument farm;

    @Override
    public Integer call() {
        FarmRead read = farm.read();
        PrintWriter out = spec.commandLine().getOut();
        read.findings().forEach(out::println);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println(read.farm()
                .map(FarmCheckCommand::summary)
                .orElse(Counted.of(read.errors().size(), "error")));
        return read.errors().isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private static String summary(Farm farm) {
        int agents =
                farm.workers().values().stream().mapToInt(WorkerType::count).sum();
        return farm.name() + ": " + Counted.of(farm.controllers().count(), "controller") + " ("
                + farm.controller().keyword() + "), " + Counted.of(agents, "agent") + " of "
                + Counted.of(farm.workers().size(), "type") + ", "
                + Counted.of(farm.suites().size(), "suite") + ", "
                + Counted.of(farm.zones().size(), "zone") + ", 0 errors";
    }
}
