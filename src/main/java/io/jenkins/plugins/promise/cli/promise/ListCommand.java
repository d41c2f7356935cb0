package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.words.Counted;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery.Which;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists promises, newest first, with the reason of what was rejected and what the others wait for.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise list                              what is not done yet",
            "  promise list --state rejected --job quote",
            "  promise list --state all open shell       those that hold these words",
            "  promise list --needs-attention            what a person has to look after",
            "  promise list --state undelivered --json | jq -r .promises[].id | xargs -n 1 promise redeliver",
            "",
            "Of more than one page the last line tells how to get the next."
        })
public final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            defaultValue = "open",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String state;

    @Option(
            names = "--needs-attention",
            description =
                    "What waits for long or for what does not come by itself, what was given up, and what cannot be read; goes with --job.")
    private boolean needsAttention;

    @Option(names = "--job", paramLabel = "JOB", description = "A common name.")
    private String job;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: 50).")
    private int limit;

    @Option(names = "--after", paramLabel = "ID", description = "The page after that promise.")
    private String after;

    @Option(names = "--json", description = "Print the page as JSON.")
    private boolean json;

    @Parameters(
            paramLabel = "WORD",
            arity = "0..*",
            description = "Words, or their beginnings, of id, version, reason and inputs.")
    private String[] words = {};

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (needsAttention
                && (words.length > 0
                        || Stream.of("--state", "--after", "--limit")
                                .anyMatch(spec.commandLine().getParseResult()::hasMatchedOption))) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--needs-attention is a list of its own; of what narrows one it goes with --job only");
        }
        JsonNode page = needsAttention
                ? controller.client().attention(job)
                : controller.client().promises(query());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(page.toPrettyString());
        } else {
            print(page, out);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    private String query() {
        StringBuilder query = new StringBuilder("state=" + ControllerClient.encode(state) + "&limit=" + limit);
        if (job != null) {
            query.append("&job=").append(ControllerClient.encode(job));
        }
        if (after != null) {
            query.append("&after=").append(ControllerClient.encode(after));
        }
        if (words.length > 0) {
            query.append("&q=").append(ControllerClient.encode(String.join(" ", words)));
        }
        return query.toString();
    }

    private void print(JsonNode page, PrintWriter out) {
        JsonNode promises = page.path("promises");
        TimeText times = new TimeText(ZoneId.systemDefault());
        int width = StreamSupport.stream(promises.spliterator(), false)
                .mapToInt(p -> p.path("version").asText().length())
                .max()
                .orElse(1);
        for (JsonNode promise : promises) {
            out.printf(
                    Locale.ROOT,
                    "%s  %s  %-9s  %-" + width + "s  %s%n",
                    promise.path("id").asText(),
                    times.at(promise.path("accepted").asText()),
                    promise.path("state").asText().toLowerCase(Locale.ROOT),
                    promise.path("version").asText(),
                    why(promise, times));
        }
        for (JsonNode aside : page.path("setAside")) {
            out.println("cannot be read: " + aside);
        }
        for (JsonNode version : page.path("broken")) {
            out.println("cannot be read: " + version.path("version").asText() + ": "
                    + version.path("reason").asText());
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println(counted(promises.size(), page));
        err.flush();
    }

    private String counted(int shown, JsonNode page) {
        int all = page.path("count").asInt();
        if (all == 0 && !needsAttention && state.equals(Which.OPEN.word()) && job == null && words.length == 0) {
            return "no promise is open; those that are done: promise list --state all";
        }
        if (all == 0) {
            return needsAttention ? "nothing needs attention" : "no promise is like that";
        }
        if (needsAttention) {
            return all + (all == 1 ? " needs" : " need") + " attention";
        }
        return (shown == all ? Counted.of(all, "promise") : shown + " of " + Counted.of(all, "promise"))
                + (page.hasNonNull("next")
                        ? "; more with --after " + page.path("next").asText()
                        : "");
    }

    private static String why(JsonNode promise, TimeText times) {
        if (promise.hasNonNull("reason")) {
            int undelivered = promise.path("undelivered").asInt();
            return promise.path("reason").asText().lines().findFirst().orElse("")
                    + (undelivered > 0 ? " (not delivered: " + undelivered + ")" : "");
        }
        return times.in(promise.path("waitsFor").path("detail").asText(""));
    }

    /** The words for {@code --state}. */
    static final class States implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Arrays.stream(Which.values())
                    .map(Which::word)
                    .collect(Collectors.toList())
                    .iterator();
        }
    }
}
