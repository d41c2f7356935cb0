package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Listeners that throw. */
public class PromiseEventsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Logger logger = Logger.getLogger(PromiseEvents.class.getName());
    private final List<String> told = new ArrayList<>();
    private FakeHost host;

    @Before
    public void start() throws IOException {
        logger.setFilter(line -> {
            told.add(line.getThrown().toString());
            return false;
        });
        host = new FakeHost(
                EmbeddedLedger.in(folder.newFolder().toPath()), "home", new FaultyDatabase(), new VirtualClock(), 10);
    }

    @After
    public void stop() throws IOException {
        host.close();
        logger.setFilter(null);
    }

    @Test
    public void whateverOneOfThemThrowsKeepsNothingFromGoingOn() throws Exception {
        for (Error problem : List.of(
                new StackOverflowError("a deep one"),
                new OutOfMemoryError("just now"),
                new NoClassDefFoundError("a plugin was taken away"))) {
            List<String> others = new ArrayList<>();
            String caller = host.promises()
                    .submit(FakeHost.submission("flow", null, null))
                    .promise()
                    .id();
            String called = host.promises()
                    .submit(FakeHost.submission("work", null, new ParentCall(caller, 1, 0, "w", 1, null, null)))
                    .promise()
                    .id();
            host.promises().listen(p -> {
                if (p.id().equals(caller)) {
                    throw problem;
                }
            });
            host.promises().listen(p -> others.add(p.id() + " " + p.state()));

            assertThat(host.settle(caller, FakeHost.success())).isTrue();

            assertThat(others)
                    .as("the other listeners")
                    .containsExactly(caller + " FULFILLED", called + " " + PromiseState.REJECTED);
            assertThat(host.ledger().find(called).orElseThrow().state())
                    .as("what it has called")
                    .isEqualTo(PromiseState.REJECTED);
            assertThat(told).contains(problem.toString());
        }
    }
}
