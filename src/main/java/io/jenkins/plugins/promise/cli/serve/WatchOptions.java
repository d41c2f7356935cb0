package io.jenkins.plugins.promise.cli.serve;

import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerOptions;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.local.watching.WatchSettings;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--allow-repository",
            paramLabel = "HOST",
            split = ",",
            description =
                    "With --watch: repositories may be fetched from these only: a host's name, *.domain for all below"
                            + " one, or a folder of this machine (/srv/git).")
    private List<String> repositories = new ArrayList<>();

    /** Complains about what does not go together. */
    public void check(boolean components) {
        if ((poll != null || secret != null || !repositories.isEmpty()) && !watch) {
            throw new CommandFailure(ExitCode.USAGE, "--poll, --push-secret and --allow-repository go with --watch");
        }
        try {
            var unused = new RepositoryPolicy(repositories);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--allow-repository: " + e.getMessage());
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

    /**
     * Has a controller watch the components that a suite is made of, and tells which others it watches.
     *
     * @param takeOver whether those of other suites are this one's from then on
     */
    public void begin(
            LocalController controller,
            String suite,
            List<WatchedComponent> components,
            boolean takeOver,
            PrintWriter err)
            throws IOException {
        String value = secret == null ? null : System.getenv(secret);
        controller.watch(
                suite, components, takeOver, new WatchSettings(value, poll, new RepositoryPolicy(repositories)));
        controller.watchedOf().forEach((component, its) -> {
            if (!its.equals(suite)) {
                err.println("  watched too: " + component + ", of the suite " + its
                        + ", until that is deployed without it");
            }
        });
        err.flush();
    }
}
