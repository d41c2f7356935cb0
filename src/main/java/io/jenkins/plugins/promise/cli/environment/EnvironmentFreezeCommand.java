package io.jenkins.plugins.promise.cli.environment;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promise env freeze}. */
@Command(
        name = "freeze",
        mixinStandardHelpOptions = true,
        description =
                "Lets nothing begin in an environment; or with --lift lets it go on, also if it is torn or its queue is held.")
public final class EnvironmentFreezeCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOutput output;

    @Parameters(paramLabel = "ENVIRONMENT", description = "Its name.")
    private String name;

    @Option(names = "--why", paramLabel = "REASON", description = "Told to whoever is refused.")
    private String why;

    @Option(names = "--lift", description = "Lets it go on.")
    private boolean lift;

    @Option(names = "--who", paramLabel = "NAME", description = "Who you are (default: you on this machine).")
    private String who = System.getProperty("user.name");

    @Override
    public Integer call() throws IOException, InterruptedException {
        ControllerClient client = output.client();
        if (lift == (why != null)) {
            throw new CommandFailure(ExitCode.USAGE, "give --why REASON to freeze it, or --lift to let it go on");
        }
        String path = "/" + ControllerClient.encode(name)
                + (lift ? "/unfreeze?" : "/freeze?why=" + ControllerClient.encode(why) + "&") + "who="
                + ControllerClient.encode(who);
        output.show(client.environments().changed(path), (answer, out) -> out.println(EnvironmentOutput.line(answer)));
        return ExitCode.SUCCESS;
    }
}
