package io.jenkins.plugins.promise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.home.HomeSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The controller that a command talks to. */
public final class ControllerArgument {
    @Option(
            names = "--controller",
            paramLabel = "URL",
            defaultValue = "${PROMISE_CONTROLLER}",
            description = "Where it listens (default: $PROMISE_CONTROLLER, or the one that runs in --home).")
    private String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${PROMISE_TOKEN}",
            description =
                    "The job's token, or the operator's (default: $PROMISE_TOKEN, or the operator's of --home). Other users of this"
                            + " machine can see a command line; the variable is safer.")
    private String token;

    @Option(
            names = "--user",
            paramLabel = "NAME:API-TOKEN",
            defaultValue = "${PROMISE_USER}",
            description =
                    "For Jenkins: a user and an API token of theirs (default: $PROMISE_USER), instead of --token.")
    private String user;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            defaultValue = "work",
            description = "The folder of a local controller (default: ${DEFAULT-VALUE}).")
    private Path home;

    /** What the controller of {@code --home} signs with; empty where that is not here to be read. */
    public List<String> signingKeys() throws IOException {
        Optional<HomeSecrets> secrets = HomeSecrets.of(home);
        return secrets.isPresent() ? secrets.get().readSigningKeys() : List.of();
    }

    /** A client of it, who asks as the arguments say. */
    public ControllerClient client() throws IOException {
        String where = url;
        String with = token;
        if (where == null || where.isEmpty()) {
            Path file = home.resolve("controller.json");
            if (!Files.exists(file)) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "no controller runs in " + home
                                + "; start one with: promise serve SUITE, or give --controller");
            }
            JsonNode controller = Json.mapper().readTree(file.toFile());
            where = controller.path("url").asText();
            if (!here(where)) {
                // A folder may be a stranger's, and tokens are not sent where he likes.
                throw new CommandFailure(
                        ExitCode.USAGE,
                        file + " has a controller at " + where
                                + ", which is not this machine; if you mean that one, give --controller " + where);
            }
            Optional<HomeSecrets> secrets = HomeSecrets.of(home);
            if ((with == null || with.isEmpty()) && secrets.isPresent()) {
                with = secrets.get().readOperatorToken().orElse(null);
            }
        }
        return new ControllerClient(where, authorization(with));
    }

    private static boolean here(String url) throws IOException {
        try {
            InetAddress address = InetAddress.getByName(URI.create(url).getHost());
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return false;
        }
    }

    /** The header that says who asks; null for nobody. */
    private String authorization(String with) {
        if (user != null && !user.isEmpty()) {
            if (user.indexOf(':') < 1) {
                throw new CommandFailure(ExitCode.USAGE, "--user must be NAME:API-TOKEN");
            }
            return ControllerClient.basic(user);
        }
        return with == null || with.isEmpty() ? null : "Bearer " + with;
    }
}
