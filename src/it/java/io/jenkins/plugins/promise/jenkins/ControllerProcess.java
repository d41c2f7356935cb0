package io.jenkins.plugins.promise.jenkins;

import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.jenkins.config.SharedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A Jenkins in a process of its own, which {@link TwoControllersTest} begins and kills; no test by itself. */
public final class ControllerProcess {
    static final String LEDGER = "promise.it.ledger";
    static final String LEASE = "promise.it.lease";
    static final String ADDRESS = "promise.it.address";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    /** Runs until it is killed. */
    @Test
    public void run() throws Throwable {
        sessions.then(jenkins -> {
            SharedLedger shared = new SharedLedger(System.getProperty(LEDGER));
            shared.setLease(System.getProperty(LEASE));
            PromiseConfiguration.get().setLedger(shared);
            PromiseConfiguration.get().setLoopbackAllowed(true);
            PromiseConfiguration.get().save();
            jenkins.jenkins.setNumExecutors(4);
        });
        sessions.then(jenkins -> {
            Eventually.until(
                    "it is open", PATIENCE, () -> PromiseFixture.controller().dispatching());
            Path address = Path.of(System.getProperty(ADDRESS));
            Path made = Files.writeString(
                    address.resolveSibling(address.getFileName() + ".made"),
                    jenkins.getURL().toString());
            Files.move(made, address);
            new CountDownLatch(1).await();
        });
    }
}
