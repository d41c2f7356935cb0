package io.jenkins.plugins.promise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.ledger.FaultyDatabase;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.testing.EmbeddedLedger;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What is asked for while the ledger can be read and not be written. */
public class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final FaultyDatabase database = new FaultyDatabase();
    private final VirtualClock clock = new VirtualClock();
    private final Logger model = Logger.getLogger("io.jenkins.plugins.promise");
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private FakeHost host;

    @Before
    public void start() throws IOException {
        model.addHandler(listener);
        model.setUseParentHandlers(false);
        host = new FakeHost(EmbeddedLedger.in(folder.newFolder().toPath()), "home", database, clock, 1_000);
    }

    @After
    public void stop() throws IOException {
        host.close();
        model.removeHandler(listener);
        model.setUseParentHandlers(true);
    }

    private String submit() throws Refused {
        return host.promises()
                .submit(FakeHost.submission("work", null, null))
                .promise()
                .id();
    }

    private PromiseState state(String id) {
        return host.ledger().find(id).orElseThrow().state();
    }

    @Test
    public void aCancelSaysThatItCannotBeWrittenLeavesTheBuildAloneAndIsDoneOnceThereIsRoom() throws Exception {
        String id = submit();
        database.failEachCommit(FaultyDatabase.Fault.FULL);

        assertThatThrownBy(() -> host.promises().cancel(id, "ann"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.UNAVAILABLE))
                .hasMessageContaining("cannot be written down just now");
        assertThat(state(id)).isEqualTo(PromiseState.PENDING);
        assertThat(host.queue()).as("its build").containsExactly(id);

        database.heal();
        Eventually.until("it is cancelled", PATIENCE, () -> state(id) == PromiseState.REJECTED);
        assertThat(host.promises().report(id).orElseThrow().reason()).startsWith("cancelled by ann");
        Eventually.until("its build is ended", PATIENCE, () -> host.queue().isEmpty());
    }

    @Test
    public void whatEndsMeanwhileIsSettledOnceThereIsRoomAndTellsTheLogInALine() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add(submit());
        }
        database.failEachCommit(FaultyDatabase.Fault.FULL);
        for (String id : ids) {
            assertThat(host.settle(id, FakeHost.success())).isFalse();
        }
        assertThat(ids).noneMatch(id -> state(id).settled());
        database.heal();

        Eventually.until(
                "all are settled", PATIENCE, () -> ids.stream().allMatch(id -> state(id) == PromiseState.FULFILLED));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).contains("such in the last minute");
            assertThat(line.getThrown()).isNull();
        });
    }
}
