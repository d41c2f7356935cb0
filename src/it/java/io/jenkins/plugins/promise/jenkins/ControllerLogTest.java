package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.promise.jenkins.config.PromiseConfiguration;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;
import org.jvnet.hudson.test.TestExtension;

/** What stands in Jenkins' own log: what an administrator wants to know, once, and not again with every try. */
public final class ControllerLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What is tried again every second, and with every round, is tried several times within that. */
    private static final Duration SEVERAL_SECONDS = Duration.ofSeconds(5);

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord log) {
            records.add(log);
        }

        @Override
        public void flush() {
            // They are in memory.
        }

        @Override
        public void close() {
            // It is taken from the logger.
        }
    };

    @Before
    public void listen() {
        Logger.getLogger("").addHandler(handler);
    }

    @After
    public void listenNoMore() {
        Logger.getLogger("").removeHandler(handler);
    }

    private List<String> told(String logger, Level atLeast) {
        return records.stream()
                .filter(r -> r.getLoggerName() != null && r.getLoggerName().startsWith(logger))
                .filter(r -> r.getLevel().intValue() >= atLeast.intValue())
                .map(new SimpleFormatter()::formatMessage)
                .toList();
    }

    private static void housekeeping() throws Exception {
        ExtensionList.lookupSingleton(PromiseHousekeeping.class).execute(TaskListener.NULL);
    }

    private static void rename(String table, String then) {
        var unused = PromiseFixture.controller()
                .ledger()
                .write(h -> h.execute("ALTER TABLE " + table + " RENAME TO " + then))
                .join();
    }

    @Test
    public void startTellsInOneLineThatPromisesAreAcceptedAndWhatIsOpen() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            PromiseFixture fixture = new PromiseFixture(jenkins);
            fixture.orchestration("quote", "phase('one') { worker job: 'work' }");
            fixture.worker("work", "exit 0");
            fixture.submit("quote", "");
            Eventually.until(
                    "its worker waits",
                    PATIENCE,
                    () -> PromiseFixture.controller().ledger().lists().openCount() == 2);
        });
        records.clear();
        sessions.then(jenkins -> {
            assertThat(told("io.jenkins.plugins.promise", Level.INFO))
                    .containsExactly("promises are accepted; the embedded ledger has 2 that are open");
            jenkins.jenkins.setNumExecutors(2);
            jenkins.waitUntilNoActivity();
        });
        assertThat(told("org.flywaydb", Level.INFO)).isEmpty();
        assertThat(told("com.zaxxer.hikari", Level.INFO)).isEmpty();
    }

    @Test
    public void databaseThatIsAwayIsToldOnceAndNotWithEveryTry() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            PromiseFixture fixture = new PromiseFixture(jenkins);
            PromiseConfiguration.get().setDeadline("2s");
            fixture.orchestration("quote", "echo 'it goes without saying'");
            String id = fixture.submit("quote", "");
            fixture.settled(id);
            fixture.worker("work", "exit 0");
            fixture.post("promises/submit/work", "", fixture.user("admin"));
            records.clear();

            rename("promise", "promise_away");
            Instant until = Instant.now().plus(SEVERAL_SECONDS);
            int rounds = 0;
            while (rounds < 3 || Instant.now().isBefore(until)) {
                housekeeping();
                rounds++;
            }
            List<String> told = told("io.jenkins.plugins.promise", Level.INFO);
            rename("promise_away", "promise");

            assertThat(told).as("after %s rounds", rounds).isNotEmpty().hasSizeLessThanOrEqualTo(3);
            assertThat(told).anySatisfy(t -> assertThat(t).contains("deadlines"));
            Eventually.until(
                    "the deadline counts again",
                    PATIENCE,
                    () -> PromiseFixture.controller().ledger().lists().openCount() == 0);
        });
    }

    @Test
    public void signingCredentialThatIsNotThereIsToldOnce() throws Throwable {
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            PromiseFixture.allowLoopback();
            PromiseConfiguration.get().setSigningCredentials("signing");
            fixture.orchestration(
                    "quote", "echo 'it goes without saying'", PromiseFixture.input("REPORT", "callback", true));
            try (Receiver receiver = new Receiver()) {
                for (int i = 0; i < 3; i++) {
                    fixture.submit("quote", "REPORT=" + receiver.url("/ok"));
                }
                receiver.await(3, PATIENCE);
            }
            assertThat(told("io.jenkins.plugins.promise", Level.WARNING))
                    .containsExactly("there is no secret text signing: reports are not signed with it");
            jenkins.waitUntilNoActivity();
        });
    }

    @Test
    public void jobThatAnotherPluginKeepsIsToldOnceAndTheOthersGo() throws Throwable {
        sessions.then(jenkins -> {
            PromiseFixture fixture = new PromiseFixture(jenkins);
            for (int number = 1; number <= 2; number++) {
                assertThat(fixture.post("promises/deploy", SuiteTest.suite(number, "said"), fixture.user("admin"))
                                .statusCode())
                        .isEqualTo(200);
            }
            records.clear();
            Eventually.until("the old version was not used for a second", PATIENCE, () -> {
                fixture.post("promises/prune?olderThan=1s", "", fixture.user("admin"));
                return jenkins.jenkins.getItemByFullName("suite/hello-v1-aaaaaaa") == null;
            });
            for (int i = 0; i < 3; i++) {
                housekeeping();
            }
            assertThat(jenkins.jenkins.getItemByFullName("suite/greet-v1-aaaaaaa"))
                    .isNotNull();
            assertThat(told("io.jenkins.plugins.promise", Level.INFO))
                    .containsExactlyInAnyOrder(
                            "hello-v1-aaaaaaa is not deployed, or not any more; its job was removed",
                            "the job of greet-v1-aaaaaaa, which is not deployed any more, stays for now");
        });
    }

    /** Another plugin that keeps a job. */
    @TestExtension("jobThatAnotherPluginKeepsIsToldOnceAndTheOthersGo")
    public static final class Keeper extends ItemListener {
        @Override
        public void onCheckDelete(Item item) {
            if (item.getName().equals("greet-v1-aaaaaaa")) {
                throw new Failure("it is kept");
            }
        }
    }
}
