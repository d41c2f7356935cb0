package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ParametersAction;
import hudson.model.PasswordParameterValue;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** While Jenkins' queue is locked, the plugin waits for nothing: here the ledger writes nothing until the test lets it. */
public final class QueueLockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MANY = 4_000;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private final CountDownLatch gate = new CountDownLatch(1);
    private PromiseWorker greet;

    @Before
    public void worker() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        greet = fixture.worker(
                "greet",
                "printf '{\"reason\": \"hello %s\"}' \"$NAME\" > report.json",
                PromiseFixture.input("NAME", "string", true),
                PromiseFixture.input("SECRET", "secret", false));
    }

    @After
    public void end() throws Exception {
        gate.countDown();
        Queue.getInstance().clear();
        jenkins.waitUntilNoActivity();
    }

    private void block() {
        var unused = PromiseFixture.controller().ledger().write(handle -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        });
    }

    private String queue() {
        Queue.Item item = Queue.getInstance()
                .schedule2(
                        greet,
                        0,
                        new CauseAction(new Cause.UserIdCause("ann")),
                        new ParametersAction(new StringParameterValue("NAME", "ann")))
                .getItem();
        return item.getAction(BuildPromiseAction.class).getPromise();
    }

    private static Optional<Promise> found(String id) {
        return PromiseFixture.controller().ledger().find(id);
    }

    @Test
    public void whatIsAskedForInJenkinsIsQueuedWithoutTheLedgerAndBuiltOnceTheLedgerHasIt() throws Exception {
        jenkins.jenkins.setNumExecutors(2);
        block();
        HttpResponse<String> accepted =
                fixture.post("job/greet/buildWithParameters", "NAME=ann&SECRET=hush", fixture.user("admin"));
        assertThat(accepted.statusCode()).isEqualTo(201);
        Queue.Item item = Queue.getInstance().getItems()[0];
        String id = item.getAction(BuildPromiseAction.class).getPromise();
        Eventually.until(
                "a pass was made",
                PATIENCE,
                () -> Queue.getInstance().getItem(item.getId()).getWhy().contains("on its way into the ledger"));
        assertThat(greet.getBuilds()).isEmpty();
        assertThat(found(id)).isEmpty();

        gate.countDown();
        Eventually.until("it is built", PATIENCE, () -> found(id)
                .filter(p -> p.state() == PromiseState.FULFILLED)
                .isPresent());
        assertThat(PromiseFixture.reason(id)).isEqualTo("hello ann");
        assertThat(found(id).orElseThrow().progress().queueItem()).contains(item.getId());
        assertThat(greet.getBuilds()).hasSize(1);
    }

    @Test
    public void whatIsCancelledInTheQueueIsSettledBehindItsLockAllTogether() throws Exception {
        List<String> all = new ArrayList<>();
        // With the queue locked, for each pass over it would take longer than the one before.
        Queue.withLock(() -> {
            for (int i = 0; i < MANY; i++) {
                all.add(queue());
            }
        });
        Eventually.until("all are in the ledger", PATIENCE, () -> all.stream()
                .noneMatch(PromiseFixture.controller().promises().hostQueued()::comes));
        block();
        long begun = System.nanoTime();
        Queue.getInstance().clear();
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        System.out.println("cancelling " + MANY + " items took " + millis + " ms, the ledger standing still");
        assertThat(Queue.getInstance().isEmpty()).isTrue();
        assertThat(PromiseFixture.controller()
                        .ledger()
                        .find(all.get(0))
                        .orElseThrow()
                        .state())
                .isEqualTo(PromiseState.PENDING);

        gate.countDown();
        Eventually.until(
                "all are settled",
                PATIENCE,
                () -> Stream.of(all.get(0), all.get(MANY / 2), all.get(MANY - 1))
                                .allMatch(id -> found(id).orElseThrow().state().settled())
                        && all.stream().allMatch(id -> found(id).orElseThrow().state() == PromiseState.REJECTED));
        assertThat(PromiseFixture.reason(all.get(0))).contains("cancelled in Jenkins' queue");
    }

    @Test
    public void whatIsCancelledBeforeTheLedgerHasItIsSettledToo() throws Exception {
        block();
        String id = queue();
        Queue.getInstance().clear();
        gate.countDown();
        Eventually.until("it is settled", PATIENCE, () -> found(id)
                .filter(p -> p.state().settled())
                .isPresent());
        assertThat(PromiseFixture.reason(id)).contains("cancelled in Jenkins' queue");
    }

    @Test
    public void aSecretThatIsGivenInJenkinsIsSealedAndReachesTheBuild() throws Exception {
        jenkins.jenkins.setNumExecutors(1);
        PromiseWorker leaks = fixture.worker(
                "leaks",
                "[ \"$SECRET\" = hushhush ] && printf '{\"reason\": \"it came\"}' > report.json",
                PromiseFixture.input("SECRET", "secret", true));
        jenkins.assertBuildStatusSuccess(leaks.scheduleBuild2(
                0,
                new CauseAction(new Cause.UserIdCause("ann")),
                new ParametersAction(new PasswordParameterValue("SECRET", "hushhush"))));
        String id = leaks.getLastBuild().getAction(BuildPromiseAction.class).getPromise();
        assertThat(PromiseFixture.reason(id)).isEqualTo("it came");
        assertThat(found(id).orElseThrow().inputs().get("SECRET")).isNotEqualTo("hushhush");
    }
}
