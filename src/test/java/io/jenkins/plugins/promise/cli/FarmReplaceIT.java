package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.FarmOfTest;
import io.jenkins.plugins.promise.testing.SteadyLoad;
import io.jenkins.plugins.promise.testing.Whole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** The controller of a farm is replaced while promises are submitted to it: nothing is lost, and nobody waits for long. */
@Category(Whole.class)
public class FarmReplaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration MOST_REFUSED = Duration.ofSeconds(5);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private FarmOfTest farm;
    private SteadyLoad load;
    private Path gate;

    @Before
    public void bringUp() throws Exception {
        farm = new FarmOfTest(folder.newFolder().toPath());
        gate = farm.root().resolve("gate");
        farm.suite()
                .worker(
                        "work",
                        "echo '{\"data\": {\"n\": '$N'}}' > report.json",
                        "token: ${WORK_TOKEN}",
                        "inputs: { N: { type: integer, required: true }, R: { type: callback, receives: report } }")
                .worker(
                        "long",
                        "while [ ! -e " + gate
                                + " ]; do sleep 0.1; done\necho '{\"data\": {\"n\": '$N'}}' > report.json",
                        "token: ${WORK_TOKEN}",
                        "inputs: { N: { type: integer, required: true }, R: { type: callback, receives: report } }");
        farm.executors(2);
        farm.good("up", "--local");
        load = new SteadyLoad(farm.address(), "work", farm.secret("WORK_TOKEN"));
    }

    @After
    public void takeDown() throws Exception {
        load.close();
        farm.takeDown();
    }

    @Test
    public void nothingIsLostWhileTheControllerIsReplaced() throws Exception {
        long first = farm.controller();
        load.start();
        load.awaitAccepted(20);
        farm.executors(3);
        farm.good("up", "--local");
        long second = farm.controller();
        load.awaitAccepted(20);
        farm.executors(4);
        farm.good("up", "--local");
        load.awaitAccepted(20);
        load.stop();

        assertThat(List.of(first, second)).doesNotContain(farm.controller()).doesNotHaveDuplicates();
        load.check(PATIENCE, MOST_REFUSED);
        assertThat(farm.logs()).contains("the next controller has taken over");
        Eventually.until(
                "the ones before are gone",
                PATIENCE,
                () -> ProcessHandle.of(first).isEmpty()
                        && ProcessHandle.of(second).isEmpty());
    }

    @Test
    public void whatDoesNotComeUpLeavesTheOneThatRunsAlone() throws Exception {
        long before = farm.controller();
        load.start();
        load.awaitAccepted(10);
        try (ServerSocket taken = new ServerSocket(0)) {
            farm.address(taken.getLocalPort());
            assertThat(farm.promise("up", "--local").err())
                    .contains("did not come up, and what was there before goes on");
        }
        load.awaitAccepted(10);
        load.stop();

        assertThat(farm.controller()).isEqualTo(before);
        load.check(PATIENCE, Duration.ZERO);
    }

    @Test
    public void whoeverIsKilledInTheMiddleLosesNothing() throws Exception {
        load.start();
        load.awaitAccepted(10);
        String held = load.submit("long", 7);
        // The one that gives waits for its worker: the next one is killed meanwhile.
        killed("takes over", this::next);
        farm.awaitAnswer();
        long before = farm.controller();
        // The one that gives is killed meanwhile: the next one takes what is there.
        killed("takes over", () -> before);
        farm.awaitAnswer();
        assertThat(farm.controller()).isNotEqualTo(before);
        load.awaitAccepted(10);
        load.stop();
        Files.createFile(gate);

        load.check(PATIENCE, PATIENCE);
        load.reported(held, PATIENCE);
    }

    private interface Pid {
        long get() throws IOException;
    }

    private long next() throws IOException {
        long now = farm.controller();
        return ProcessHandle.of(farm.supervisor())
                .orElseThrow()
                .children()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> pid != now)
                .findFirst()
                .orElseThrow();
    }

    private int executors = 2;

    private void killed(String when, Pid who) throws Exception {
        int said = farm.logs().split(when, -1).length;
        farm.executors(++executors);
        try (FarmOfTest.Background up = farm.inBackground("up", "--local")) {
            Eventually.until(when, PATIENCE, () -> farm.logs().split(when, -1).length > said);
            ProcessHandle.of(who.get()).orElseThrow().destroyForcibly();
            up.await(PATIENCE);
        }
    }
}
