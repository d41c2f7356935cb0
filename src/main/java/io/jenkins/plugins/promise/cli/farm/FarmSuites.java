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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** The suites of a farm on this machine, compiled as its file has them. */
final class FarmSuites {
    private final OrchestrationCompiler compiler = new OrchestrationCompiler();
    private final List<Made> suites = new ArrayList<>();
    private final List<EnvironmentRules> environments = new ArrayList<>();
    private final PrintWriter err;

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
        this.err = err;
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
            JsonNode plan = deployed(client, bundle, dryRun, bar);
            plan.path("moves")
                    .forEach(m -> changes.add(bundle.suite() + ": "
                            + m.path("name").asText() + " is " + m.path("to").asText()));
            plan.path("tokens").forEach(t -> changes.add(bundle.suite() + ": a new token of " + t.asText()));
        }
        if (!dryRun) {
            watch(client);
            if (!environments.isEmpty()) {
                var unused = client.environments().declare(environments);
            }
        }
        return changes;
    }

    /** Jobs may move between the farm's own suites; from others they are taken over by whoever asks for it. */
    private JsonNode deployed(ControllerClient client, Bundle bundle, boolean dryRun, Bar bar)
            throws IOException, InterruptedException {
        try {
            return sent(client, bundle, new DeployOptions(dryRun, false), bar);
        } catch (CommandFailure e) {
            Set<String> own = suites.stream().map(s -> s.bundle().suite()).collect(Collectors.toSet());
            JsonNode taken =
                    sent(client, bundle, new DeployOptions(true, true), bar).path("takeOvers");
            if (taken.isEmpty()
                    || !StreamSupport.stream(taken.spliterator(), false)
                            .allMatch(t -> own.contains(t.path("from").asText()))) {
                throw e;
            }
            return sent(client, bundle, new DeployOptions(dryRun, true), bar);
        }
    }

    private static JsonNode sent(ControllerClient client, Bundle bundle, DeployOptions options, Bar bar)
            throws IOException, InterruptedException {
        try (SentBundle sent = new SentBundle(bundle, bar)) {
            return client.deploy(sent.body(), options);
        }
    }

    /** Once more what was refused: what another suite had of it, that suite may have given up meanwhile. */
    private void watch(ControllerClient client) throws IOException, InterruptedException {
        List<Made> refused = new ArrayList<>();
        for (Made made : suites) {
            if (refusal(client, made).isPresent()) {
                refused.add(made);
            }
        }
        for (Made made : refused) {
            // An older controller, which watches nothing, need not be told of none.
            Optional<String> why = made.watched().isEmpty() ? Optional.empty() : refusal(client, made);
            why.ifPresent(w -> err.println("warning: the components of "
                    + made.bundle().suite() + " are not declared, so that no push builds them: " + w));
        }
        err.flush();
    }

    private static Optional<String> refusal(ControllerClient client, Made made)
            throws IOException, InterruptedException {
        try {
            var unused = client.environments().declare(made.bundle().suite(), made.watched(), false);
            return Optional.empty();
        } catch (CommandFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** How many there are. */
    int count() {
        return suites.size();
    }
}
