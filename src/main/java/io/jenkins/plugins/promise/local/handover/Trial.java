package io.jenkins.plugins.promise.local.handover;

import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.ledger.database.DurableFiles;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.local.LocalSettings;
import io.jenkins.plugins.promise.local.worker.WorkerEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A start for nothing, in a home that is empty, before another controller is asked for its own: what cannot come up at all
 * is found out while that one works, and what is started once is started the second time in a fraction of the time.
 */
public final class Trial {
    private final LocalSettings settings;
    private final OrchestrationCompiler compiler;
    private final WorkerEnvironment environment;

    /** Of a controller that is run so. */
    public Trial(LocalSettings settings, OrchestrationCompiler compiler, WorkerEnvironment environment) {
        this.settings = settings;
        this.compiler = compiler;
        this.environment = environment;
    }

    /**
     * Starts, and stops.
     *
     * @param taken where the other controller listens
     * @throws IOException if it does not come up
     */
    public void run(URI taken) throws IOException {
        Path home = Files.createTempDirectory("promise-trial-");
        int port = taken.getPort() == settings.port() ? 0 : settings.port();
        try (LocalController tried = LocalController.start(
                settings.apart(home, port),
                compiler,
                new Bundle("trial", List.of(), Map.of()),
                new DeployOptions(false, false),
                environment)) {
            tried.url();
        } finally {
            DurableFiles.delete(home);
        }
    }
}
