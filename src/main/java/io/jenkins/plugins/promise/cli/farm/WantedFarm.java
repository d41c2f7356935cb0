package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.farm.ControllerKind;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.ServeOptions;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.JenkinsFiles;
import io.jenkins.plugins.promise.farm.local.JenkinsParts;
import io.jenkins.plugins.promise.farm.local.SecretFiles;
import io.jenkins.plugins.promise.farm.local.Wanted;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        if (parts.isPresent()) {
            FoundPlugins plugins = FoundPlugins.in(parts.get().plugins(), farm);
            this.jenkins = Optional.of(new JenkinsFiles(farm, folder, parts.get(), plugins.all(), plugins.here()));
        } else {
            this.jenkins = Optional.empty();
        }
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
                farm.url(),
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
