package io.jenkins.plugins.promise.cli.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promise env candidates}. */
@Command(
        name = "candidates",
        mixinStandardHelpOptions = true,
        description =
                "Shows the candidates of an environment, the latest first; or with --add takes one in, which waits"
                        + " until the job 'integrate' is submitted.")
public final class EnvironmentCandidatesCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Parameters(paramLabel = "ENVIRONMENT", description = "The one where components are tested together.")
    private String name;

    @Option(
            names = "--add",
            paramLabel = "COMPONENT=COMMIT",
            description = "A commit of the candidate; may be given several times.")
    private Map<String, String> commits = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        String path = "/" + ControllerClient.encode(name) + "/candidates";
        if (!commits.isEmpty()) {
            ObjectNode body = Json.mapper().createObjectNode();
            commits.forEach(body::put);
            output.show(client.environments().changed(path, body), EnvironmentOutput::candidate);
            return ExitCode.SUCCESS;
        }
        output.show(client.environments().told(path), (answer, out) -> answer.path("candidates")
                .forEach(c -> EnvironmentOutput.candidate(c, out)));
        return ExitCode.SUCCESS;
    }
}
