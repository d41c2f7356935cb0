package io.jenkins.plugins.promise.cli.suite;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.promise.PromiseArgument;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.rehearsal.RecordedRehearsal;
import io.jenkins.plugins.promise.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes a rehearsal of what a promise did on its controller. */
final class Recording {
    private static final int SHORT = 10;

    private final Suite suite;
    private final ControllerClient client;

    Recording(Suite suite, ControllerClient client) {
        this.suite = suite;
        this.client = client;
    }

    /**
     * Writes the file.
     *
     * @param given the promise's id, as a command takes it
     * @return {@code job/name}
     * @throws CommandFailure if the promise is not settled, or is none of an orchestration of the suite
     */
    String write(String given, PrintWriter out) throws IOException, InterruptedException {
        String id = PromiseArgument.whole(given, client);
        JsonNode promise = client.promise(id);
        String job = promise.path("job").asText();
        if (!suite.jobs().containsKey(job)) {
            throw new CommandFailure(ExitCode.USAGE, id + " is of the job '" + job + "', which is not in this suite");
        }
        if (!promise.hasNonNull("settled")) {
            throw new CommandFailure(ExitCode.USAGE, id + " is not settled yet: there is no report to expect");
        }
        List<RecordedRehearsal.Call> calls = new ArrayList<>();
        for (JsonNode phase : promise.path("phases")) {
            for (JsonNode worker : phase.path("workers")) {
                if (worker.hasNonNull("promise")) {
                    add(phase.path("name").asText(), worker, calls);
                }
            }
        }
        String name =
                "recorded-" + id.substring(0, Math.min(SHORT, id.length())).toLowerCase(Locale.ROOT);
        Path file = suite.root().resolve("rehearsals").resolve(job).resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, new RecordedRehearsal(suite, promise, report(id)).text(calls));
        out.println("written: " + suite.root().relativize(file));
        return job + "/" + name;
    }

    /** Each attempt has a promise of its own, whose id ends in the number of the attempt. */
    private void add(String phase, JsonNode worker, List<RecordedRehearsal.Call> calls)
            throws IOException, InterruptedException {
        String last = worker.path("promise").asText();
        String stem = last.substring(0, last.lastIndexOf('-') + 1);
        int attempts = worker.path("attempt").asInt(1);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            String id = attempt == attempts ? last : stem + attempt;
            calls.add(new RecordedRehearsal.Call(
                    phase,
                    worker.path("name").asText(),
                    client.promise(id),
                    report(id),
                    attempt == attempts ? worker.path("seconds").asDouble() : 0));
        }
    }

    private JsonNode report(String id) throws IOException, InterruptedException {
        return Json.mapper().readTree(client.report(id));
    }
}
