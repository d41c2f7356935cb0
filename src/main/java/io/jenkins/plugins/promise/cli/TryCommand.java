package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ending.Interruption;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.local.LocalSettings;
import io.jenkins.plugins.promise.suite.CaseFile;
import io.jenkins.plugins.promise.suite.FileInputs;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise try}. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one job of a suite whole on this machine: a local controller, real workers, a signed callback.",
            "The delivered report goes to standard output, everything else to standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise try",
            "  promise try --input SOURCE_S3_FILE_PATH=bracket.stl --input MATERIAL=steel",
            "  promise try my-suite --job hello --input NAME=world > report.json",
            "  promise try --case open-shell",
            "",
            "Inputs come from a case of the suite (cases/*.yaml, the first unless --case or --job says otherwise), then from --input, --input-file and --input-env. Callback URLs that nobody gives are those of a receiver that this command brings."
        })
final class TryCommand implements Callable<Integer> {
    private static final long TICK_MILLIS = 250;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SuiteArgument suiteArgument;

    @Mixin
    private InputOption inputs;

    @Mixin
    private ControllerOptions options;

    @Option(
            names = "--job",
            paramLabel = "JOB",
            description = "The job (default: the case's, or the only orchestration).")
    private String job;

    @Option(names = "--case", paramLabel = "CASE", description = "The case of the suite whose inputs are taken.")
    private String caseName;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Keep everything there (default: a folder that goes away after a success).")
    private Path home;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        options.check();
        Suite suite = suiteArgument.readGood(err);
        Optional<CaseFile> chosen = chosenCase(suite);
        String jobName = jobName(suite, chosen);
        Contract contract = suite.jobs().get(jobName).file().contract();
        inputs.warn(name -> contract.input(name) != null && contract.input(name).secret(), err);
        Map<String, String> located = inputs.located(contract);
        Path folder = home == null ? Files.createTempDirectory("promise-try-") : home;
        LocalSettings settings = options.settings("127.0.0.1", 0, null, folder, true);
        int code = ExitCode.UNREACHABLE;
        try (Progress progress = new Progress(err);
                ReceivedCallbacks callbacks = new ReceivedCallbacks();
                LocalController controller = LocalController.start(
                        settings,
                        suiteArgument.compiler(),
                        suiteArgument.bundle(suite),
                        DeployOptions.NONE,
                        options.workerEnvironment(suite))) {
            Interruption interruption = Interruption.then(() -> {
                progress.clear();
                err.println("stopping; what runs has " + settings.grace().toSeconds() + " s to end (--grace)");
                err.flush();
                controller.stop();
                tellWhereLogsAre(folder, err);
            });
            try {
                controller.declare(suiteArgument.environments());
                callbacks.start(controller.signer());
                Map<String, String> given = given(suite, contract, chosen, located, folder);
                for (Input callback : contract.callbacks()) {
                    given.putIfAbsent(
                            callback.name(),
                            callbacks.url(callback.receives().keyword()).toString());
                }
                code = run(
                        new ControllerClient(controller.url(), Map.of()),
                        callbacks,
                        jobName,
                        contract,
                        given,
                        progress);
            } finally {
                interruption.close();
            }
        } finally {
            if (home == null && code == ExitCode.SUCCESS) {
                delete(folder);
            } else if (!Interruption.happening()) {
                tellWhereLogsAre(folder, err);
            }
        }
        return code;
    }

    private static void tellWhereLogsAre(Path folder, PrintWriter err) {
        err.println("logs are in " + folder.resolve("runs") + ", workspaces of failed workers in "
                + folder.resolve("workspaces"));
        err.flush();
    }

    private int run(
            ControllerClient client,
            ReceivedCallbacks callbacks,
            String jobName,
            Contract contract,
            Map<String, String> given,
            Progress progress)
            throws IOException, InterruptedException {
        JsonNode accepted = client.submit(jobName, given, null);
        String id = accepted.get("id").asText();
        boolean toUs = contract.callbacks().stream()
                .filter(c -> c.receives() == Receives.REPORT)
                .anyMatch(c -> callbacks.url("report").toString().equals(given.get(c.name())));
        byte[] report = null;
        while (report == null) {
            report = callbacks.nextReport(TICK_MILLIS);
            JsonNode promise = client.promise(id);
            progress.show(promise);
            if (report == null && !toUs && settledAndSent(promise)) {
                report = client.report(id);
            }
        }
        progress.show(client.promise(id));
        progress.close();
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(report, StandardCharsets.UTF_8).strip());
        out.flush();
        return Json.mapper().readTree(report).path("status").asText().equals("SUCCESS")
                ? ExitCode.SUCCESS
                : ExitCode.FAILURE;
    }

    /** Where the report goes to somebody else's receiver only, it is enough that the courier is through with it. */
    private static boolean settledAndSent(JsonNode promise) {
        if (!promise.hasNonNull("settled")) {
            return false;
        }
        for (JsonNode delivery : promise.path("deliveries")) {
            if (delivery.path("state").asText().equals("WAITING")) {
                return false;
            }
        }
        return true;
    }

    private Optional<CaseFile> chosenCase(Suite suite) throws IOException {
        List<CaseFile> cases = SuiteArgument.cases(suite);
        if (caseName == null) {
            return cases.stream()
                    .filter(c -> job == null || job.equals(c.job()))
                    .findFirst();
        }
        return Optional.of(cases.stream()
                .filter(c -> c.name().equals(caseName))
                .findFirst()
                .orElseThrow(() -> SuiteArgument.noCase(caseName, cases)));
    }

    private String jobName(Suite suite, Optional<CaseFile> chosen) {
        String name = job != null ? job : chosen.map(CaseFile::job).orElse(null);
        if (name == null) {
            List<String> orchestrations = suite.jobs().entrySet().stream()
                    .filter(j -> j.getValue().file().kind() == JobKind.ORCHESTRATION)
                    .map(Map.Entry::getKey)
                    .toList();
            List<String> candidates =
                    orchestrations.isEmpty() ? new ArrayList<>(suite.jobs().keySet()) : orchestrations;
            if (candidates.size() != 1) {
                throw new CommandFailure(
                        ExitCode.USAGE, "which job? Say --job with one of: " + String.join(", ", candidates));
            }
            name = candidates.get(0);
        }
        if (!suite.jobs().containsKey(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no job '" + name + "' in the suite"
                            + Nearest.hint(name, suite.jobs().keySet()));
        }
        return name;
    }

    private Map<String, String> given(
            Suite suite, Contract contract, Optional<CaseFile> chosen, Map<String, String> located, Path folder)
            throws IOException {
        Map<String, String> fromCase = new LinkedHashMap<>();
        chosen.ifPresent(c -> fromCase.putAll(c.inputs(folder)));
        Map<String, String> given = new LinkedHashMap<>(FileInputs.resolve(contract, fromCase, suite.root()));
        given.putAll(located);
        given.putAll(inputs.read(System.in));
        return given;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
