package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import io.jenkins.plugins.promise.farm.local.JenkinsParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import picocli.CommandLine.Option;

/** Where the Jenkins of a farm on this machine comes from. */
final class JenkinsArgument {
    @Option(
            names = "--war",
            paramLabel = "FILE",
            description = "Of a farm of Jenkins: the jenkins.war, of the version that the farm file says (default: the"
                    + " one of the last time).")
    private Path war;

    @Option(
            names = "--plugins",
            paramLabel = "PLACE",
            split = ",",
            description = "Of a farm of Jenkins: folders of .hpi files, update-center.json files; the first that has a"
                    + " plugin counts (default: those of the last time).")
    private List<Path> plugins = new ArrayList<>();

    /** What was given now, or before; nothing of a farm of local controllers. */
    Optional<JenkinsParts> parts(Farm farm, FarmFolder folder) throws IOException {
        if (!farm.jenkins()) {
            if (war != null || !plugins.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE, "--war and --plugins are of a farm of Jenkins; this one's controller is local");
            }
            return Optional.empty();
        }
        Optional<JenkinsParts> before = folder.parts();
        if ((war == null || plugins.isEmpty()) && before.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--war and --plugins are missing: a farm of Jenkins starts from a jenkins.war and the plugins that it"
                            + " needs, as in --war jenkins.war --plugins plugins,target");
        }
        JenkinsParts parts = new JenkinsParts(
                war == null ? before.get().war() : war,
                plugins.isEmpty() ? before.get().plugins() : plugins);
        String version = version(parts.war());
        if (!farm.controllers().jenkins().equals(version)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    parts.war() + " is Jenkins " + version + ", and the farm file says "
                            + farm.controllers().jenkins());
        }
        return Optional.of(parts);
    }

    private static String version(Path war) throws IOException {
        try (JarFile jar = new JarFile(war.toFile())) {
            Manifest manifest = jar.getManifest();
            String version =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Jenkins-Version");
            if (version == null) {
                throw new IOException("its manifest has no Jenkins-Version");
            }
            return version;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "--war " + war + ": is no jenkins.war: " + e.getMessage());
        }
    }
}
