package io.jenkins.plugins.promise.jenkins;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
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
import org.jvnet.hudson.test.recipes.WithTimeout;

/**
 * How fast many waiting builds are drained by 16 executors: promises, and the same builds queued bare, in one run; and for
 * how long Jenkins' queue is locked meanwhile, and while as many are cancelled in it. It prints, and asserts nothing.
 * {@code -Dwaiting=4400} says how many.
 */
public final class DrainBenchmark {
    private static final int WAITING = Integer.getInteger("waiting", 1_000);
    private static final int JOBS = 8;
    /** Bare builds are counted for so long at most; a queue of thousands takes an hour. */
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("minutes", 3));

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    @WithTimeout(0)
    public void drain() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        List<PromiseWorker> workers = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            workers.add(job("worker" + i));
            workers.get(i).addProperty(PromiseFixture.contract(PromiseFixture.input("NUMBER", "string", true)));
        }
        for (int i = 0; i < WAITING; i++) {
            PromiseFixture.controller()
                    .promises()
                    .submit(Submission.of(
                            "worker" + i % JOBS, GivenInputs.of(Map.of("NUMBER", "" + i)), null, Submitter.UNKNOWN));
        }
        long start = System.nanoTime();
        try (QueueLockWatch lock = new QueueLockWatch()) {
            jenkins.jenkins.setNumExecutors(16);
            nothingOpen();
            print("promises", WAITING, start);
            System.out.println("drain: " + lock);
        }
        cancel(workers);
        bare();
    }

    private void cancel(List<PromiseWorker> workers) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        queueAll(workers);
        Eventually.until("all are in the ledger", PATIENCE, () -> open() == WAITING);
        long start = System.nanoTime();
        try (QueueLockWatch lock = new QueueLockWatch()) {
            Queue.getInstance().clear();
            System.out.printf(
                    "cleared in %d ms%n",
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
            nothingOpen();
            print("cancelled", WAITING, start);
            System.out.println("cancel: " + lock);
        }
    }

    private void bare() throws Exception {
        List<PromiseWorker> bare = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            bare.add(job("bare" + i));
            bare.get(i).addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("NUMBER")));
        }
        queueAll(bare);
        long start = System.nanoTime();
        jenkins.jenkins.setNumExecutors(16);
        long until = System.nanoTime() + PATIENCE.toNanos();
        Eventually.until(
                "the queue is empty, or it takes too long",
                PATIENCE.plusMinutes(1),
                () -> Queue.getInstance().isEmpty() || System.nanoTime() > until);
        print("bare builds", WAITING - Queue.getInstance().getItems().length, start);
        Queue.getInstance().clear();
    }

    private PromiseWorker job(String name) throws Exception {
        PromiseWorker job = jenkins.createProject(PromiseWorker.class, name);
        job.removeProperty(PromiseContract.class);
        job.getBuildersList().clear();
        job.getPublishersList().clear();
        job.setConcurrentBuild(true);
        return job;
    }

    /** With the queue locked, for each pass over it would take longer than the one before. */
    private static void queueAll(List<PromiseWorker> jobs) {
        Queue.withLock(() -> {
            for (int i = 0; i < WAITING; i++) {
                queue(jobs.get(i % JOBS), i);
            }
        });
    }

    private static void queue(PromiseWorker job, int number) {
        var unused = Queue.getInstance()
                .schedule2(
                        job,
                        0,
                        new CauseAction(new Cause.UserIdCause("ann")),
                        new ParametersAction(new StringParameterValue("NUMBER", "" + number)));
    }

    private static int open() {
        return PromiseFixture.controller().ledger().lists().count(PromiseQuery.of(PromiseQuery.Which.OPEN));
    }

    private static void nothingOpen() throws Exception {
        Eventually.until("no promise is open", Duration.ofMinutes(30), () -> open() == 0);
    }

    private static void print(String name, int count, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-20s %d of %d in %.1f s: %.1f a second%n", name, count, WAITING, seconds, count / seconds);
    }
}
