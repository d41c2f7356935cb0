package io.jenkins.plugins.promise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.promise.TimeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise versions}. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what is deployed on a controller, by common name, the latest version first: when each was deployed and last used."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  promise versions", "  promise versions quote --controller https://ci.example"})
public final class VersionsCommand implements Callable<Integer> {
    private static final TimeText TIMES = new TimeText(ZoneId.systemDefault());

    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "A common name (default: all).")
    private String job;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (job == null) {
            JsonNode all = client.jobs();
            all.path("jobs").forEach(j -> print(j, out));
            all.path("broken")
                    .forEach(b -> err.println("warning: " + b.path("reason").asText()));
            err.flush();
        } else {
            print(client.job(job), out);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    private static void print(JsonNode job, PrintWriter out) {
        out.println(job.path("name").asText() + "  (" + job.path("kind").asText() + ")");
        for (JsonNode version : job.path("versions")) {
            String name = version.path("version").asText();
            out.printf("  %s %-40s %s%n", name.equals(job.path("latest").asText()) ? "*" : " ", name, told(version));
        }
    }

    /** On Jenkins a job that was made there, and not deployed, has a contract too. */
    private static String told(JsonNode version) {
        return version.has("deployed")
                ? "deployed " + TIMES.at(version.path("deployed").asText()) + "  used "
                        + TIMES.at(version.path("used").asText())
                : "made on the controller";
    }
}
