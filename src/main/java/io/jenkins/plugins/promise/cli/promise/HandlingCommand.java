package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerArgument;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has its controller do one thing with one promise, and prints what came of it. */
@Command(mixinStandardHelpOptions = true)
abstract class HandlingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ControllerArgument controller;

    @Mixin
    private PromiseArgument promise;

    private final String what;

    /**
     * A command.
     *
     * @param what the last part of the URL that does it
     */
    HandlingCommand(String what) {
        this.what = what;
    }

    /** What is printed of the controller's answer. */
    abstract String told(String id, JsonNode answer);

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = controller.client();
        String id = promise.id(client);
        PrintWriter out = spec.commandLine().getOut();
        out.println(told(id, client.handle(id, what)));
        out.flush();
        return ExitCode.SUCCESS;
    }
}
