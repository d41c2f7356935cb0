package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.farm.ControllerKind;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.ServeOptions;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.JenkinsFiles;
import io.jenkins.plugins.promise.farm.local.JenkinsParts;
import io.jenkins.plugins.promise.farm.local.SecretFiles;
import io.jenkins.plugins.promise.farm.local.Wanted;
import io.jenkins.plugins.promise.farm.plugin.FarmPlugins;
import io.jenkins.plugins.promise.farm.plugin.Plugin;
import io.jenkins.plugins.promise.farm.plugin.PluginSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a farm's file says is to run on this machine. */
final class WantedFarm {
    private final Farm farm;
    private final FarmFolder folder;
    private final Optional<JenkinsFiles> jenkins;

    /**
     * What that file says.
     *
     * @param parts where its Jenkins comes from; nothing of local controllers
     * @throws CommandFailure if it cannot run here, naming why
     */
    WantedFarm(Farm farm, FarmFolder folder, Optional<JenkinsParts> parts) throws IOException {
        this.farm = farm;
        this.folder = folder;
        this.jenkins = parts.isPresent() ? Optional.of(files(farm, folder, parts.get())) : Optional.empty();
    }

    private static JenkinsFiles files(Farm farm, FarmFolder folder, JenkinsParts parts) throws IOException {
        PluginSources sources = new PluginSources(parts.plugins());
        List<Finding> findings = new ArrayList<>();
        Collection<Plugin> plugins = new FarmPlugins(farm).from(sources, findings);
        if (!findings.isEmpty()) {
            throw CommandFailure.of(findings);
        }
        Map<String, Path> here = new TreeMap<>();
        for (Plugin plugin : plugins) {
            sources.file(plugin.name()).ifPresent(file -> here.put(plugin.name(), file));
        }
        return new JenkinsFiles(farm, folder, parts, plugins, here);
    }

    /** What is to run. */
    Wanted wanted() throws IOException {
        if (jenkins.isPresent()) {
            return jenkins.get().wanted();
        }
        List<String> arguments = new ArrayList<>(List.of("serve", "--replace"));
        arguments.addAll(new ServeOptions(farm)
                .at(
                        farm.address().getHost(),
                        farm.address().getPort(),
                        folder.home().toString()));
        return new Wanted(
                farm.name(),
                ControllerKind.LOCAL,
                farm.address().toString().replaceFirst("/+$", ""),
                new ThisProgram("-XX:MaxRAMPercentage=50").command(arguments),
                new SecretFiles(folder.secrets()).files(farm.security().tokens()),
                List.of(),
                Instant.now());
    }

    /** Writes what that is started from. */
    void write() throws IOException {
        if (jenkins.isPresent()) {
            jenkins.get().write();
        }
    }

    /** Forgets what nothing is started from any more. */
    void tidy() throws IOException {
        if (jenkins.isPresent()) {
            jenkins.get().tidy();
        }
    }

    /** Complains about what only machines of their own can have. */
    static void refuseElsewhere(Farm farm) {
        String problem = null;
        if (!"http".equals(farm.address().getScheme())) {
            problem = "address: " + farm.address() + " is not answered by a process of this machine; try it as"
                    + " --name here --address http://127.0.0.1:8090";
        } else if (farm.jenkins() && farm.controllers().count() > 1) {
            problem = "controllers: count: only one Jenkins starts on this machine";
        } else if (farm.jenkins() && !farm.security().local()) {
            problem = "security: realm: must be local on this machine: who would deploy?";
        } else if (farm.jenkins()
                && farm.controllers().ledger().shared()
                && farm.controllers().ledger().url() == null) {
            problem = "controllers: ledger: rds is made on AWS only; postgresql://… or embedded here";
        }
        if (problem != null) {
            throw new CommandFailure(ExitCode.USAGE, farm.name() + ": " + problem);
        }
    }
}
