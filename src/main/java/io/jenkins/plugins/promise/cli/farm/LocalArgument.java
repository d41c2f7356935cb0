package io.jenkins.plugins.promise.cli.farm;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.farm.Farm;
import io.jenkins.plugins.promise.farm.local.FarmFolder;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A farm on this machine. */
final class LocalArgument {
    private static final String NAME = "[a-z][a-z0-9-]{0,29}";

    @Mixin
    private FarmArgument farm;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where everything of the farm is kept (default: work/farms/NAME).")
    private Path home;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Another name for it, to try the same file out beside the farm that it is of.")
    private String name;

    @Option(names = "--address", paramLabel = "URL", description = "Another address for it; goes with --name.")
    private URI address;

    /** The farm of the file. */
    Farm read(PrintWriter err) {
        return tried(farm.readGood(err));
    }

    private Farm tried(Farm read) {
        if (name == null && address == null) {
            return read;
        }
        if (name == null
                || address == null
                || !name.matches(NAME)
                || !"http".equals(address.getScheme())
                || address.getHost() == null
                || address.getPort() < 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--name and --address go together, as in --name qa-test --address http://127.0.0.1:8091");
        }
        return read.at(name, address);
    }

    FarmFolder folder(Farm read) {
        return new FarmFolder(home == null ? Path.of("work", "farms", read.name()) : home);
    }

    /** Complains where this runs inside of a promise of the farm itself. */
    static void refuseItself(Farm read, String what) {
        String url = System.getenv("PROMISE_URL");
        String address = read.url() + "/";
        if (url != null && url.startsWith(address)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the farm " + read.name() + " would " + what + " itself: this runs in the promise " + url
                            + " of it; let another farm do it");
        }
    }
}
