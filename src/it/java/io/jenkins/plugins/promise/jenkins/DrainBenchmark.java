package io.jenkins.plugins.promise.jenkins;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * How fast many waiting builds are drained by 16 executors: promises, and the same builds queued bare, in one run. It
 * prints, and asserts nothing. {@code -Dwaiting=4400} says how many.
 */
public final class DrainBenchmark {
    private static final int WAITING = Integer.getInteger("waiting", 1_000);
    /** Bare builds are counted for so long at most; a queue of thousands takes an hour. */
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("minutes", 3));

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    public void drain() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        List<FreeStyleProject> bare = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            bare.add(jenkins.createFreeStyleProject("bare" + i));
        }
        FreeStyleProject worker = jenkins.createFreeStyleProject("worker");
        worker.addProperty(PromiseFixture.contract());
        worker.setConcurrentBuild(true);
        for (int i = 0; i < WAITING; i++) {
            PromiseFixture.controller()
                    .promises()
                    .submit(Submission.of("worker", GivenInputs.of(Map.of()), null, Submitter.UNKNOWN));
        }
        long start = System.nanoTime();
        jenkins.jenkins.setNumExecutors(16);
        Eventually.until(
                "no promise is open",
                Duration.ofMinutes(30),
                () -> PromiseFixture.controller().ledger().lists().count(PromiseQuery.of(PromiseQuery.Which.OPEN))
                        == 0);
        print("promises", WAITING, start);

        jenkins.jenkins.setNumExecutors(0);
        bare.forEach(job -> job.scheduleBuild2(0));
        start = System.nanoTime();
        jenkins.jenkins.setNumExecutors(16);
        long until = System.nanoTime() + PATIENCE.toNanos();
        Eventually.until(
                "the queue is empty, or it takes too long",
                PATIENCE.plusMinutes(1),
                () -> Queue.getInstance().isEmpty() || System.nanoTime() > until);
        print("bare builds", WAITING - Queue.getInstance().getItems().length, start);
        Queue.getInstance().clear();
    }

    private static void print(String name, int count, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-20s %d of %d in %.1f s: %.1f a second%n", name, count, WAITING, seconds, count / seconds);
    }
}
