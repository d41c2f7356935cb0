package io.jenkins.plugins.promise.cli.farm;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.render.FarmRenderer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The files that a farm is rendered to. */
final class FarmFiles {
    private static final Pattern SCALE = Pattern.compile("([a-z0-9]+)=([1-9][0-9]{0,4})");
    private static final int MOST = 10_000;

    @Mixin
    private FarmArgument farm;

    @Option(
            names = "--scale",
            paramLabel = "TYPE=N",
            split = ",",
            description = "So many agents of a type instead of what the file says, as in linux=10.")
    private List<String> scale = new ArrayList<>();

    @Option(
            names = "--plugins",
            paramLabel = "PLACE",
            split = ",",
            description = "Where the plugins of a Jenkins are resolved from: folders of .hpi files, update-center.json"
                    + " files; the first that has one counts.")
    private List<Path> plugins = new ArrayList<>();

    SortedMap<String, byte[]> render(PrintWriter err) throws IOException {
        Farm scaled = scaled(farm.readGood(err));
        if (scaled.jenkins() && plugins.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--plugins is missing: a folder of .hpi files, promise-jobs.hpi among them, or an"
                            + " update-center.json");
        }
        return new FarmRenderer(scaled, FoundPlugins.in(plugins, scaled).all()).files();
    }

    private Farm scaled(Farm read) {
        Map<String, Integer> agents = new TreeMap<>();
        for (String one : scale) {
            Matcher matcher = SCALE.matcher(one);
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MOST) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--scale " + one + ": must be a worker type and a number from 1 to " + MOST
                                + ", as in linux=10");
            }
            if (!read.workers().containsKey(matcher.group(1))) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--scale " + one + ": the farm has no worker type '" + matcher.group(1) + "'"
                                + Nearest.hint(matcher.group(1), read.workers().keySet()));
            }
            agents.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        return read.scaled(agents);
    }
}
