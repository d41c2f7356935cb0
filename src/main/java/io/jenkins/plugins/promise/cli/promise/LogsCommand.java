package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Prints the log of a promise, or of one of its workers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise logs 01JDEFGH6Z                what the orchestration did",
            "  promise logs 01JDEFGH6Z mesh           what its worker mesh printed",
            "  promise logs @last mesh -f             … and prints, until it ends"
        })
public final class LogsCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 300;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Mixin
    private PromiseArgument promise;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WORKER",
            description = "A worker's name in its phase; of several, the latest one's.")
    private String worker;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until it ends, and wait for what has not begun.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        String id = promise.id(client);
        Optional<String> of = worker == null ? Optional.of(id) : worker(client, id);
        if (of.isEmpty()) {
            // Its orchestration has ended without it.
            throw new CommandFailure(ExitCode.USAGE, noWorker(client.promise(id)));
        }
        long from = 0;
        Optional<ControllerClient.LogPart> part = client.log(of.get(), from);
        while (follow && (part.isEmpty() ? open(client, of.get()) : part.get().more())) {
            from = print(part, from);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            part = client.log(of.get(), from);
        }
        if (part.isEmpty() && from == 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no log; the promise is "
                            + client.promise(of.get()).path("state").asText());
        }
        var unused = print(part, from);
        return ExitCode.SUCCESS;
    }

    private long print(Optional<ControllerClient.LogPart> part, long from) {
        if (part.isEmpty()) {
            return from;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(part.get().text());
        out.flush();
        return part.get().end();
    }

    private static boolean open(ControllerClient client, String id) throws IOException, InterruptedException {
        return !client.promise(id).hasNonNull("settled");
    }

    /** The promise of a worker; one that is not called yet is waited for if its log is to be followed. */
    private Optional<String> worker(ControllerClient client, String id) throws IOException, InterruptedException {
        while (true) {
            JsonNode orchestration = client.promise(id);
            Optional<String> found = Optional.empty();
            for (JsonNode phase : orchestration.path("phases")) {
                for (JsonNode one : phase.path("workers")) {
                    if (one.path("name").asText().equals(worker) && one.hasNonNull("promise")) {
                        found = Optional.of(one.path("promise").asText());
                    }
                }
            }
            if (found.isPresent() || !follow || orchestration.hasNonNull("settled")) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private String noWorker(JsonNode orchestration) {
        List<String> names = new ArrayList<>();
        orchestration.path("phases").forEach(p -> p.path("workers")
                .forEach(w -> names.add(w.path("name").asText())));
        return "it has no worker " + worker
                + (names.isEmpty() ? "; it has called none" : "; it has " + String.join(", ", names))
                + (orchestration.hasNonNull("settled") ? "" : ", and goes on: -f waits");
    }
}
