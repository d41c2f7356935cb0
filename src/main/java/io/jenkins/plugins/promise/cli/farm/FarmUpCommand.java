package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise farm up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a farm as processes of this machine, deploys its suites, and keeps it running: what ends is started again.",
            "Once more, it changes what has changed in the file; what does not come up leaves what was there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm up examples/qa/production.yaml --local",
            "  promise farm up quote.yaml --local --war jenkins.war --plugins plugins,target",
            "",
            "A farm of Jenkins has people: their passwords are in work/farms/NAME/secrets/USER-password.",
            "Values of tokens that security.tokens names are in work/farms/NAME/secrets, made up where you put none."
        })
final class FarmUpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalArgument local;

    @Mixin
    private JenkinsArgument jenkins;

    @Option(names = "--local", description = "On this machine. Elsewhere: promise farm render.")
    private boolean here;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!here) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--local is missing: on other machines a farm is made from what promise farm render writes");
        }
        Instant begun = Instant.now();
        PrintWriter err = spec.commandLine().getErr();
        Farm farm = local.read(err);
        LocalArgument.refuseItself(farm, "start");
        WantedFarm.refuseElsewhere(farm);
        FarmFolder folder = local.folder(farm);
        WantedFarm said = new WantedFarm(farm, folder, jenkins.parts(farm, folder));
        folder.make();
        LocalFarm processes = new LocalFarm(farm, folder);
        Wanted wanted = said.wanted();
        // What is wrong with a suite is told before anything is touched.
        FarmSuites suites = new FarmSuites(farm.suites(), folder, wanted.secrets(), err);
        boolean ran = processes.runs();
        if (!ran && processes.answers()) {
            throw new CommandFailure(ExitCode.USAGE, "something else answers at " + farm.address());
        }
        said.write();
        Optional<Wanted> before = folder.wanted();
        try (Bar bar = new Bar(err, "farm up")) {
            bar.now("the controller starts");
            processes.bring(wanted);
            bar.now("the agents attach themselves");
            processes.attached(wanted);
        } catch (CommandFailure | IOException e) {
            if (!ran) {
                // There was nothing that it could leave as it was.
                processes.stop();
            }
            throw e;
        }
        List<String> changes;
        try (Bar bar = new Bar(err, "farm up")) {
            changes = suites.deploy(processes.client(), false, bar);
        }
        said.tidy();
        PrintWriter out = spec.commandLine().getOut();
        if (!before.map(Wanted::digest).equals(Optional.of(wanted.digest()))) {
            out.println("the controller is " + (before.isEmpty() ? "new" : "replaced"));
        }
        changes.forEach(out::println);
        out.println(farm.name() + " is up at " + farm.address() + ", " + Counted.of(suites.count(), "suite") + ", "
                + Counted.of(changes.size(), "change") + ", "
                + Duration.between(begun, Instant.now()).toMillis() + " ms");
        out.flush();
        return ExitCode.SUCCESS;
    }
}
