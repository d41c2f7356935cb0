package io.jenkins.plugins.promise.jenkins.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import hudson.AbortException;
import hudson.cli.CLICommand;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command about promises; a refusal is told with all that is wrong, and is an error of whoever asked. */
abstract class PromiseCliCommand extends CLICommand {
    static final int DONE = 0;

    @Override
    protected final int run() throws IOException, InterruptedException {
        JenkinsController controller = JenkinsController.get();
        if (!controller.dispatching()) {
            throw new AbortException(Messages.JenkinsController_NotOpen());
        }
        try {
            return run(controller);
        } catch (Refused e) {
            throw new AbortException(Stream.concat(
                            Stream.of(e.getMessage()), e.violations().stream().map(Violation::toString))
                    .collect(Collectors.joining("\n  ")));
        }
    }

    /**
     * Does it.
     *
     * @return the exit code
     * @throws Refused if it may not, or cannot, be done
     */
    abstract int run(JenkinsController controller) throws Refused, IOException, InterruptedException;

    void print(Object value) throws JsonProcessingException {
        stdout.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }
}
