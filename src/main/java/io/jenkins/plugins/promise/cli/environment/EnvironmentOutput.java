package io.jenkins.plugins.promise.cli.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.promise.TimeText;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.words.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which controller is asked, and how its answer is shown. */
public final class EnvironmentOutput {
    static final TimeText TIMES = new TimeText(ZoneId.systemDefault());

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Option(names = "--json", description = "The answer as the controller gave it.")
    private boolean json;

    ControllerClient client() throws IOException {
        return controller.client();
    }

    /** Shows an answer as it is if that is wanted, else as somebody has it for people. */
    void show(JsonNode answer, People people) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } else {
            people.show(answer, out);
        }
        out.flush();
    }

    /** One line about an environment. */
    static String line(JsonNode environment) {
        StringBuilder line = new StringBuilder(environment.path("name").asText());
        JsonNode head = environment.path("head");
        line.append("  ").append(head.has("manifest") ? head.path("manifest").asText() : "nothing yet");
        String condition = environment.path("condition").path("is").asText();
        if (!condition.equals("CLEAN")) {
            line.append("  ").append(condition).append(": ").append(why(environment.path("condition")));
        }
        if (environment.has("frozen")) {
            line.append("  frozen by ")
                    .append(environment.path("frozen").path("who").asText())
                    .append(": ")
                    .append(why(environment.path("frozen")));
        }
        if (environment.has("held")) {
            line.append("  held: ").append(why(environment.path("held")));
        }
        if (environment.has("lease")) {
            line.append("  leased to ")
                    .append(environment.path("lease").path("holder").asText())
                    .append(" until ")
                    .append(TIMES.at(environment.path("lease").path("until").asText()));
        }
        int candidates = environment.path("candidates").size();
        return candidates == 0 ? line.toString() : line + "  " + Counted.of(candidates, "candidate");
    }

    private static String why(JsonNode node) {
        return node.path("why").asText();
    }

    /** A candidate, and what became of it. */
    static void candidate(JsonNode candidate, PrintWriter out) {
        out.println("candidate " + candidate.path("number").asText() + "  "
                + candidate.path("state").asText() + "  "
                + candidate.path("told").asText());
        components(candidate.path("components"), out);
    }

    /** The components of a manifest, a line each. */
    static void components(JsonNode components, PrintWriter out) {
        components
                .fields()
                .forEachRemaining(c -> out.println(
                        "  " + c.getKey() + "  " + c.getValue().path("commit").asText()));
    }

    /** An answer for people. */
    @FunctionalInterface
    interface People {
        void show(JsonNode answer, PrintWriter out);
    }
}
