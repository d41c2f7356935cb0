package io.jenkins.plugins.promise.cli.serve;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerOptions;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.component.Components;
import io.jenkins.plugins.promise.local.LocalController;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether, and how, components are built when they change. */
public final class WatchOptions {
    @Option(
            names = "--watch",
            description = "With --components: build them when they change. A push is told by POST"
                    + " /promises/components/push, which GitHub's and GitLab's webhooks can do.")
    private boolean watch;

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            converter = ControllerOptions.Times.class,
            description = "With --watch: look at their branches as often as this, too.")
    private Duration poll;

    @Option(
            names = "--push-secret",
            paramLabel = "VARIABLE",
            description = "With --watch: the variable that holds the secret which webhooks come with.")
    private String secret;

    /** Complains about what does not go together. */
    public void check(boolean components) {
        if ((poll != null || secret != null) && !watch) {
            throw new CommandFailure(ExitCode.USAGE, "--poll and --push-secret go with --watch");
        }
        if (watch && !components) {
            throw new CommandFailure(ExitCode.USAGE, "--watch goes with --components FOLDER");
        }
        if (secret != null
                && (System.getenv(secret) == null || System.getenv(secret).isEmpty())) {
            throw new CommandFailure(ExitCode.USAGE, "--push-secret " + secret + ": there is no such variable");
        }
    }

    /** Whether components are watched. */
    public boolean watched() {
        return watch;
    }

    /** Has a controller watch the components that a suite is made of. */
    public void begin(LocalController controller, String suite, Components components) {
        controller.watch(suite, components, secret == null ? null : System.getenv(secret), poll);
    }
}
