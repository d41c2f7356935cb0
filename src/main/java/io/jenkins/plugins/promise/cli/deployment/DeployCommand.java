package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.BundleArgument;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.cli.terminal.SentBundle;
import io.jenkins.plugins.promise.cli.terminal.SentFile;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.DeploymentPlan;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promise deploy}. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Compiles a suite and deploys it to a controller: all of it or nothing.",
            "What is deployed already with the same content stays; when all is in, the common names move to the new versions at once. What runs goes on with the version that it was submitted to."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise deploy --dry-run              show the plan, change nothing",
            "  promise deploy my-suite --controller https://ci.example",
            "  promise deploy --components shop      the suite that is made of the components in shop",
            "  promise deploy --no-op=               every worker answers with its no-op.json",
            "  promise deploy --dirty                what I have not committed yet, onto my own controller"
        })
public final class DeployCommand implements Callable<Integer> {
    public static final String TAKE_OVER = "Let jobs that belong to another suite be this suite's from then on.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private BundleArgument suite;

    @Mixin
    private ControllerArgument controller;

    @Option(names = "--bundle", paramLabel = "FILE", description = "Deploy this bundle, which compile wrote.")
    private Path bundle;

    @Option(names = "--dry-run", description = "Only tell what would change.")
    private boolean dryRun;

    @Option(names = "--take-over", description = TAKE_OVER)
    private boolean takeOver;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        Sent sent = deploy(client);
        JsonNode plan = sent.plan();
        List<EnvironmentRules> environments = dryRun || bundle != null ? List.of() : suite.environments();
        boolean declared = !environments.isEmpty() && declared(client, environments);
        List<WatchedComponent> components = dryRun || bundle != null ? List.of() : suite.watched();
        boolean watched = !dryRun && bundle == null && watched(client, sent.suite(), components);
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode one : plan.path("versions")) {
            String change = one.path("change").asText().replace('_', ' ').toLowerCase(Locale.ROOT);
            out.printf("%-10s %s%n", change, one.path("version").asText());
        }
        for (JsonNode move : plan.path("moves")) {
            out.printf(
                    "%-10s %s: %s → %s%n",
                    "latest",
                    move.path("name").asText(),
                    move.path("from").asText("nothing"),
                    move.path("to").asText());
        }
        plan.path("tokens").forEach(t -> out.printf("%-10s %s%n", "new token", t.asText()));
        for (JsonNode taken : plan.path("takeOvers")) {
            out.printf(
                    "%-10s %s: of the suite %s → %s%n",
                    "taken over",
                    taken.path("name").asText(),
                    taken.path("from").asText(),
                    taken.path("to").asText());
        }
        out.println(summary(plan));
        if (declared) {
            environments.forEach(e -> out.println("declared   " + e.name()));
        }
        if (watched) {
            components.forEach(c -> out.println("watched    " + c.name()));
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    /** What is deployed stays deployed, also where the controller keeps no environments. */
    private boolean declared(ControllerClient client, List<EnvironmentRules> environments)
            throws IOException, InterruptedException {
        try {
            client.environments().declare(environments);
            return true;
        } catch (CommandFailure e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("warning: the environments are not declared, so that nothing is integrated or released there: "
                    + e.getMessage());
            err.flush();
            return false;
        }
    }

    /**
     * Whether the controller builds them from now on when they change; what is deployed stays deployed where it cannot. That
     * a suite is made of none is told too: what it was made of before is not watched any longer.
     */
    private boolean watched(ControllerClient client, String name, List<WatchedComponent> components)
            throws IOException, InterruptedException {
        try {
            return client.environments().declare(name, components, takeOver);
        } catch (CommandFailure e) {
            if (components.isEmpty()) {
                // An older controller, which watches nothing.
                return false;
            }
            PrintWriter err = spec.commandLine().getErr();
            err.println("warning: the components are not declared, so that no push builds them: " + e.getMessage());
            err.flush();
            return false;
        }
    }

    private String summary(JsonNode plan) {
        long versions = plan.path("versions").size();
        long added = StreamSupport.stream(plan.path("versions").spliterator(), false)
                .filter(v -> !v.path("change").asText().equals(DeploymentPlan.Change.UNCHANGED.name()))
                .count();
        long moves = plan.path("moves").size();
        if (added + moves + plan.path("tokens").size() + plan.path("takeOvers").size() == 0) {
            return "nothing changes: " + Counted.of(versions, "version is", "versions are") + " deployed already";
        }
        return (dryRun ? "nothing was changed; would be deployed: " : "deployed: ")
                + Counted.of(added, "new version") + " of " + versions
                + (moves == 0 ? "" : ", " + Counted.of(moves, "common name") + (dryRun ? " would move" : " moved"));
    }

    /**
     * What was sent.
     *
     * @param suite its name; null of a bundle that was compiled before
     * @param plan what the controller answered
     */
    private record Sent(String suite, JsonNode plan) {}

    private Sent deploy(ControllerClient client) throws IOException, InterruptedException {
        try (Bar bar = new Bar(spec.commandLine().getErr(), "deploy")) {
            return deploy(client, bar);
        }
    }

    private Sent deploy(ControllerClient client, Bar bar) throws IOException, InterruptedException {
        DeployOptions options = new DeployOptions(dryRun, takeOver);
        if (bundle != null) {
            if (suite.componentsNamed()) {
                throw new CommandFailure(ExitCode.USAGE, "give --bundle or --components, not both");
            }
            if (!Files.isRegularFile(bundle)) {
                throw new CommandFailure(ExitCode.USAGE, "there is no file " + bundle + "; make it with compile --out");
            }
            return new Sent(null, client.deploy(new SentFile(bundle, bar), options));
        }
        bar.now("the suite is compiled");
        Bundle made = suite.compile(bar.above());
        try (SentBundle compiled = new SentBundle(made, bar)) {
            return new Sent(made.suite(), client.deploy(compiled.body(), options));
        }
    }
}
