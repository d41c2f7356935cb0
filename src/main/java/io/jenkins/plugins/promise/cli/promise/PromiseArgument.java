package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** The promise that a command is about: its id, the beginning of it, or {@code @last}. */
public final class PromiseArgument {
    private static final String LAST = "@last";
    private static final int ID_LENGTH = 26;
    private static final int SHOWN = 5;

    @Parameters(
            paramLabel = "ID",
            description = "The promise: its id, the beginning of it, or @last for the one that was accepted last.")
    private String given;

    /**
     * The whole id.
     *
     * @throws CommandFailure if there is none that begins so, or more than one
     */
    String id(ControllerClient client) throws IOException, InterruptedException {
        return whole(given, client);
    }

    /**
     * The whole id of what was given so.
     *
     * @throws CommandFailure if there is none that begins so, or more than one
     */
    public static String whole(String given, ControllerClient client) throws IOException, InterruptedException {
        if (given.equals(LAST)) {
            JsonNode newest = client.promises("state=all&limit=1").path("promises");
            if (newest.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, "there is no promise yet");
            }
            return newest.path(0).path("id").asText();
        }
        String begin = given.toUpperCase(Locale.ROOT);
        if (begin.length() >= ID_LENGTH || !begin.matches("[0-9A-Z]+")) {
            return given;
        }
        List<String> ids = new ArrayList<>();
        client.promises("state=all&limit=500&q=" + ControllerClient.encode(begin))
                .path("promises")
                .forEach(p -> ids.add(p.path("id").asText()));
        ids.removeIf(id -> !id.startsWith(begin));
        if (ids.size() == 1) {
            return ids.get(0);
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                ids.isEmpty()
                        ? "there is no promise whose id begins with " + given
                        : "more than one promise's id begins with " + given + ": "
                                + String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size())))
                                + (ids.size() > SHOWN ? " …" : ""));
    }
}
