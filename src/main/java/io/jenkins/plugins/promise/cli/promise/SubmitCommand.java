package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.InputOption;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code promise submit}. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {"Submits a job to a controller. Prints what was accepted, as JSON; with --wait the report."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  promise submit quote -i SOURCE_S3_FILE_PATH=s3://parts/7.stl -i REPORT_RETURN_URL=https://shop/quotes/7",
            "  PROMISE_TOKEN=s3cret promise submit quote --controller https://ci.example --wait -i NAME=value",
            "  promise submit quote --input-env DB_PASSWORD=QUOTE_DB --input-file KEY=key.pem",
            "  promise submit quote --key order-7 -i NAME=value     a repeated one is accepted once"
        })
public final class SubmitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Mixin
    private InputOption inputs;

    @Parameters(paramLabel = "JOB", description = "A common name (the latest version) or a version.")
    private String job;

    @Option(names = "--key", paramLabel = "KEY", description = "An idempotency key.")
    private String key;

    @Option(names = "--wait", description = "Wait for the report, and print that; the exit code tells its status.")
    private boolean wait;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> given = inputs.given();
        given.putAll(inputs.read(System.in));
        warn(client);
        JsonNode accepted = client.submit(job, given, key);
        if (!wait) {
            out.println(((ObjectNode) accepted).toPrettyString());
            out.flush();
            return ExitCode.SUCCESS;
        }
        String id = accepted.get("id").asText();
        PrintWriter err = spec.commandLine().getErr();
        err.println("accepted " + id);
        var unused = new SettlementWatch(client, err).settled(id);
        byte[] report = client.report(id);
        out.println(new String(report, StandardCharsets.UTF_8).strip());
        out.flush();
        return Json.mapper().readTree(report).path("status").asText().equals("SUCCESS")
                ? ExitCode.SUCCESS
                : ExitCode.FAILURE;
    }

    /** Only the controller knows which inputs are secrets; it refuses the submission itself if it must. */
    private void warn(ControllerClient client) throws IOException, InterruptedException {
        if (inputs.given().isEmpty()) {
            return;
        }
        try {
            JsonNode properties = client.job(job).at("/contract/properties");
            inputs.warn(
                    name -> properties.path(name).path("writeOnly").asBoolean(),
                    spec.commandLine().getErr());
        } catch (CommandFailure e) {
            // What is wrong is told by the submission.
            return;
        }
    }
}
