package io.jenkins.plugins.promise.cli.farm;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.SuiteArgument;
import io.jenkins.plugins.promise.cli.component.ComponentsArgument;
import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.cli.terminal.SentBundle;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.component.generation.SuiteGenerator;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.environment.EnvironmentRules;
import io.jenkins.plugins.promise.farm.SuiteSource;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.suite.GeneratedFiles;
import io.jenkins.plugins.promise.suite.GitFolder;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** The suites of a farm on this machine, compiled as its file has them. */
final class FarmSuites {
    private final OrchestrationCompiler compiler = new OrchestrationCompiler();
    private final List<Made> suites = new ArrayList<>();
    private final List<EnvironmentRules> environments = new ArrayList<>();

    /**
     * A suite that is compiled.
     *
     * @param watched what is to be watched of the components that it is made of; nothing if somebody has written it
     */
    private record Made(Bundle bundle, List<WatchedComponent> watched) {}

    /**
     * Compiles them.
     *
     * @param secrets the files that have variables' values, by variable
     * @throws CommandFailure naming what is wrong with a suite
     */
    FarmSuites(List<SuiteSource> sources, FarmFolder folder, Map<String, String> secrets, PrintWriter err)
            throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            environment.put(
                    secret.getKey(),
                    Files.readString(Path.of(secret.getValue())).strip());
        }
        SuiteReader reader = new SuiteReader(compiler);
        for (int number = 1; number <= sources.size(); number++) {
            SuiteSource source = sources.get(number - 1);
            Path made = folder.suites().resolve("suite-" + number);
            Path written = source.commit() == null
                    ? source.folder()
                    : checkout(source, made.resolveSibling(made.getFileName() + "-" + source.commit()));
            List<WatchedComponent> watched = source.components() ? generated(written, made, err) : List.of();
            Suite read = SuiteArgument.good(reader, source.components() ? made : written, err);
            suites.add(new Made(new SuiteCompiler(reader, environment).compile(read), watched));
        }
        err.flush();
    }

    private List<WatchedComponent> generated(Path folder, Path made, PrintWriter err) throws IOException {
        Components components = ComponentsArgument.good(folder, err);
        environments.addAll(components.rules());
        new GeneratedFiles(made, ComponentsArgument.GENERATE).write(new SuiteGenerator().files(components));
        return components.watched();
    }

    /** The commit in a clone of its own, which has all history: versions count it. */
    private static Path checkout(SuiteSource source, Path made) throws IOException {
        try (GitFolder git = GitFolder.of(source.folder()).orElseThrow()) {
            Path done = made.resolve(".git/farm-checked-out");
            if (!Files.exists(done)) {
                if (Files.exists(made)) {
                    MoreFiles.deleteRecursively(made, RecursiveDeleteOption.ALLOW_INSECURE);
                }
                try (Git clone = Git.cloneRepository()
                        .setURI(git.repository().getDirectory().toURI().toString())
                        .setDirectory(made.toFile())
                        .setNoCheckout(true)
                        .call()) {
                    clone.checkout().setName(source.commit()).call();
                }
                Files.createFile(done);
            }
            return made.resolve(git.path());
        } catch (GitAPIException e) {
            throw new IOException(source.path() + " at " + source.commit() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Deploys them, with the environments that their components are released to, and declares these; or tells what would be deployed.
     *
     * @param bar shows what is sent of each
     * @return what changes, a line each
     */
    List<String> deploy(ControllerClient client, boolean dryRun, Bar bar) throws IOException, InterruptedException {
        List<String> changes = new ArrayList<>();
        for (Made made : suites) {
            Bundle bundle = made.bundle();
            bar.now(bundle.suite());
            try (SentBundle sent = new SentBundle(bundle, bar)) {
                JsonNode plan = client.deploy(sent.body(), new DeployOptions(dryRun, false));
                plan.path("moves")
                        .forEach(m -> changes.add(
                                bundle.suite() + ": " + m.path("name").asText() + " is "
                                        + m.path("to").asText()));
                plan.path("tokens").forEach(t -> changes.add(bundle.suite() + ": a new token of " + t.asText()));
            }
            if (!dryRun) {
                var unused = client.environments().declare(bundle.suite(), made.watched(), false);
            }
        }
        if (!dryRun && !environments.isEmpty()) {
            var unused = client.environments().declare(environments);
        }
        return changes;
    }

    /** How many there are. */
    int count() {
        return suites.size();
    }
}
