package io.jenkins.plugins.promise.cli.farm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.promise.TimeText;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.Running;
import io.jenkins.plugins.promise.farm.local.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code promise farm status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells of a farm on this machine what is up, what is deployed, and what differs from the file.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise farm status examples/qa/production.yaml",
            "",
            "Exit code 0 if it is up and as the file says, 1 otherwise."
        })
final class FarmStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LocalArgument local;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Farm farm = local.read(spec.commandLine().getErr());
        FarmFolder folder = local.folder(farm);
        LocalFarm processes = new LocalFarm(farm, folder);
        Optional<Running> running = folder.running();
        boolean supervised = folder.supervised();
        boolean up = supervised && processes.up();
        out.println("farm        " + farm.name() + " at " + farm.address() + ": " + (up ? "up" : "down"));
        if (running.isEmpty()) {
            out.flush();
            return ExitCode.FAILURE;
        }
        Running now = running.get();
        out.println("supervisor  " + (supervised ? "process " + now.supervisor() : "down"));
        out.println("controller  "
                + (LocalFarm.alive(now.controller())
                        ? "process " + now.controller() + " since "
                                + new TimeText(ZoneId.systemDefault())
                                        .at(now.begun().toString())
                                + (farm.jenkins()
                                        ? ""
                                        : ", " + Counted.of(farm.executors(), "executor") + " of its own")
                        : "down")
                + (now.restarts() > 0 ? ", started again " + Counted.of(now.restarts(), "time") : ""));
        if (now.trouble() != null) {
            out.println("trouble     " + now.trouble());
        }
        List<String> differences = new ArrayList<>();
        Map<String, String> secrets = Map.of();
        try {
            Wanted wanted = new WantedFarm(farm, folder, new JenkinsArgument().parts(farm, folder)).wanted();
            secrets = wanted.secrets();
            if (!now.runs(wanted)) {
                differences.add("the controller");
            }
        } catch (CommandFailure e) {
            differences.add("the controller: " + e.getMessage());
        }
        if (up) {
            attached(processes, now.what(), out).forEach(a -> differences.add("the agent " + a + " is not attached"));
            JsonNode jobs = processes.client().jobs();
            out.println("deployed    " + Counted.of(jobs.path("jobs").size(), "job"));
            PrintWriter err = spec.commandLine().getErr();
            FarmSuites suites = new FarmSuites(farm.suites(), folder, secrets, err);
            try (Bar bar = new Bar(err, "farm status")) {
                differences.addAll(suites.deploy(processes.client(), true, bar));
            }
        }
        differences.forEach(d -> out.println("differs     " + d));
        out.flush();
        return up && differences.isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private static List<String> attached(LocalFarm processes, Wanted what, PrintWriter out)
            throws IOException, InterruptedException {
        List<String> missing = processes.missing(what);
        if (!what.agents().isEmpty()) {
            out.println("agents      " + (what.agents().size() - missing.size()) + " of "
                    + what.agents().size() + " attached");
        }
        return missing;
    }
}
