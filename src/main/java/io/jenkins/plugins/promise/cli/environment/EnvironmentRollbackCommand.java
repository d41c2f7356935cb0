package io.jenkins.plugins.promise.cli.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.cli.InputOption;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promise env rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Releases a manifest that was in an environment before, through the environment's release job, and waits"
                        + " for its report; the exit code tells its status.")
public final class EnvironmentRollbackCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 250;

    @Mixin
    private EnvironmentOutput output;

    @Mixin
    private InputOption inputs;

    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "Its name.")
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MANIFEST",
            description = "Its id (default: what was there before).")
    private String manifest;

    @Option(names = "--no-wait", description = "Only submit it.")
    private boolean submitOnly;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        Map<String, String> given = inputs.given();
        given.putAll(inputs.read(System.in));
        ObjectNode body = Json.mapper().createObjectNode();
        given.forEach(body::put);
        JsonNode accepted = client.environments()
                .changed(
                        "/" + ControllerClient.encode(name) + "/rollback"
                                + (manifest == null ? "" : "?manifest=" + ControllerClient.encode(manifest)),
                        body);
        String id = accepted.path("id").asText();
        if (submitOnly) {
            output.show(accepted, (answer, out) -> out.println("accepted " + id));
            return ExitCode.SUCCESS;
        }
        while (!client.promise(id).hasNonNull("settled")) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        JsonNode report = Json.mapper().readTree(client.report(id));
        boolean good = report.path("status").asText().equals("SUCCESS");
        output.show(
                report,
                (answer, out) -> out.println(answer.path("status").asText() + ": "
                        + answer.path("reason").asText()));
        return good ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }
}
