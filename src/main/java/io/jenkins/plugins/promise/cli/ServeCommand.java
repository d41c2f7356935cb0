package io.jenkins.plugins.promise.cli;

import io.jenkins.plugins.promise.cli.deployment.DeployCommand;
import io.jenkins.plugins.promise.cli.serve.WatchOptions;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.local.LocalSettings;
import io.jenkins.plugins.promise.local.handover.Predecessor;
import io.jenkins.plugins.promise.local.handover.Serving;
import io.jenkins.plugins.promise.local.handover.Trial;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs a local controller with a suite's jobs until it is stopped (Ctrl-C).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise serve my-suite --open",
            "  QUOTE_TOKEN=s3cret promise serve examples/quote --port 8081 --home /var/lib/promise",
            "  curl -i http://127.0.0.1:8081/promises/submit/quote -H 'Authorization: Bearer s3cret' -d NAME=value",
            "",
            "'Listening on URL' on standard output tells that it is ready."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SuiteArgument suite;

    @Mixin
    private ControllerOptions options;

    @Mixin
    private WatchOptions watching;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "What the controller calls itself in reports, where it stands behind a proxy.")
    private URI url;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            defaultValue = "work",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path home;

    @Option(
            names = "--open",
            description = "Ask for no token, and allow receivers on this machine. For a laptop; loopback only.")
    private boolean open;

    @Option(
            names = "--deployed",
            description = "Serve what is deployed to the home, and no suite; more comes by promise deploy.")
    private boolean deployed;

    @Option(names = "--take-over", description = DeployCommand.TAKE_OVER)
    private boolean takeOver;

    @Option(
            names = "--replace",
            description = "Take over from the controller that runs on this home, if one does: it hands its ledger and"
                    + " its address over, and goes on if this one does not come up.")
    private boolean replace;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        options.check();
        watching.check(suite.fromComponents());
        if (open && !loopback(host)) {
            throw new CommandFailure(ExitCode.USAGE, "--open asks for no token; it goes with a loopback --host only");
        }
        Suite read =
                deployed ? new Suite(home, "deployed", Map.of(), List.of(), List.of(), List.of()) : suite.readGood(err);
        Bundle bundle = deployed ? new Bundle(read.name(), List.of(), Map.of()) : suite.bundle(read);
        WorkerEnvironment inherited = options.workerEnvironment(read);
        Serving serving = new Serving(home, port, taken -> started(taken, read, bundle, inherited), err);
        Optional<Predecessor> before = replace ? Predecessor.of(home) : Optional.empty();
        if (before.isPresent()) {
            new Trial(settings(port), suite.compiler(), inherited)
                    .run(before.get().address());
            before.get().take(new LedgerLocation.Embedded(home.resolve("ledger")));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(serving::stop, "promise-stop"));
        serving.run(before);
        return ExitCode.SUCCESS;
    }

    private LocalSettings settings(int taken) {
        return options.settings(host, taken, url, home, open);
    }

    private LocalController started(int taken, Suite read, Bundle bundle, WorkerEnvironment inherited)
            throws IOException {
        LocalController controller = LocalController.start(
                settings(taken), suite.compiler(), bundle, new DeployOptions(false, takeOver), inherited);
        if (!deployed) {
            controller.declare(suite.environments());
        }
        if (watching.watched()) {
            watching.begin(
                    controller,
                    read.name(),
                    suite.watched(),
                    takeOver,
                    spec.commandLine().getErr());
        }
        controller.loadPages();
        tell(controller, read, bundle);
        return controller;
    }

    private void tell(LocalController controller, Suite read, Bundle bundle) {
        PrintWriter err = spec.commandLine().getErr();
        bundle.versions().forEach(v -> err.println("  " + v.version() + (open ? "" : untold(v.name(), bundle, read))));
        err.println("Ctrl-C ends it, or, where it runs in the background: kill "
                + ProcessHandle.current().pid());
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Listening on " + controller.url());
        out.flush();
    }

    /** Over HTTP nobody is told why a token does not open a job. */
    private static String untold(String name, Bundle bundle, Suite suite) {
        if (bundle.tokens().containsKey(name)) {
            return "";
        }
        String variable = suite.jobs().get(name).file().tokenVariable();
        return variable == null
                ? "  (only the operator can submit it: its job.yaml has no token: ${VARIABLE})"
                : "  (only the operator can submit it: the variable " + variable
                        + " of its token is not set; a token that was" + " deployed before stays)";
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
