package io.jenkins.plugins.promise.watching;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.controllers.ControllerIdentity;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Whole;
import io.jenkins.plugins.promise.watching.component.Branch;
import io.jenkins.plugins.promise.watching.component.RepositoryPolicy;
import io.jenkins.plugins.promise.watching.component.Watch;
import io.jenkins.plugins.promise.watching.component.WatchedComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.rules.TemporaryFolder;

/** When branches are looked at again. */
public class ComponentWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicInteger looks = new AtomicInteger();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private Branch gone;
    private Ledger ledger;
    private Watcher watcher;

    @Before
    public void declare() throws Exception {
        Path root = folder.getRoot().toPath();
        Clock clock = Clock.systemUTC();
        gone = new Branch(root.resolve("gone.git").toString(), "main");
        ledger = Ledger.open(
                new LedgerLocation.Embedded(root.resolve("ledger")),
                ControllerIdentity.begin("home", "http://here.example"),
                clock);
        DeclaredComponents declared = new DeclaredComponents(ledger, clock);
        List<String> job = List.of("web-build-test");
        declared.declare(
                "shop",
                List.of(new WatchedComponent(
                        "web",
                        gone.repository(),
                        gone.name(),
                        List.of(Watch.of("web/**")),
                        List.of(),
                        job,
                        job,
                        List.of("build"))),
                false);
        watcher = new Watcher(root.resolve("clones"), declared, null, ledger, clock, () -> {
            looks.incrementAndGet();
            return RepositoryPolicy.ANY;
        });
    }

    @After
    public void close() throws Exception {
        ledger.close();
    }

    private void awaitLooks(int count) throws Exception {
        Eventually.until(count + " looks", PATIENCE, () -> looks.get() >= count);
    }

    /** Else each push to what cannot be reached would leave one more look for all time. */
    @Test
    public void oneLookIsPendingHoweverManyHaveFailed() throws Exception {
        try (ComponentWatch watch = new ComponentWatch(watcher, UnaryOperator.identity(), thread)) {
            for (int count = 1; count <= 6; count++) {
                watch.look(gone);
                awaitLooks(count);
            }

            assertThat(thread.getQueue()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    @Category(Whole.class)
    public void whatCannotBeDoneWhileTheLedgerFailsIsDoneLater() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // The start, and the second look, which is the first's retry, fail before they have begun.
        UnaryOperator<Runnable> failing = task -> {
            int number = asked.incrementAndGet();
            if (number == 1 || number == 4) {
                throw new IllegalStateException("the ledger cannot be reached");
            }
            return task;
        };
        try (ComponentWatch watch = new ComponentWatch(watcher, failing, thread)) {
            watch.begin(null);

            awaitLooks(2);
        }
    }
}
