package io.jenkins.plugins.promise.jenkins;

import hudson.model.AbstractProject;
import hudson.model.BuildAuthorizationToken;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.queue.QueueTaskFuture;
import hudson.util.Secret;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.testing.Eventually;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SleepBuilder;

/**
 * How fast a phase is beside what one would use instead, on one controller in one run. It prints, and asserts nothing:
 * {@code mvn -f pom-jenkins.xml test -Dtest=PhaseBenchmark}.
 */
public final class PhaseBenchmark {
    private static final int WORKERS = 200;
    private static final int ROUNDS = 5;
    private static final int SUBMISSIONS = 1_000;
    private static final int CLIENTS = 16;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    /** 200 empty builds: scheduled bare, by {@code parallel} and {@code build}, and as a phase. */
    @Test
    public void phaseOfTwoHundred() throws Exception {
        jenkins.jenkins.setNumExecutors(16);
        List<FreeStyleProject> bare = new ArrayList<>();
        StringBuilder parallel = new StringBuilder("def b = [:]\n");
        StringBuilder phase = new StringBuilder("phase('all') {\n");
        for (int i = 0; i < WORKERS; i++) {
            FreeStyleProject job = jenkins.createFreeStyleProject("bare" + i);
            bare.add(job);
            FreeStyleProject worker = jenkins.createFreeStyleProject("worker" + i);
            worker.addProperty(PromiseFixture.contract());
            parallel.append("b['")
                    .append(i)
                    .append("'] = { build job: 'bare")
                    .append(i)
                    .append("' }\n");
            phase.append("worker job: 'worker").append(i).append("'\n");
        }
        WorkflowJob plain = jenkins.createProject(WorkflowJob.class, "plain");
        plain.setDefinition(new CpsFlowDefinition(parallel + "parallel b", true));
        WorkflowJob ours = fixture.orchestration("ours", phase + "}");
        for (int round = 0; round < ROUNDS; round++) {
            print("bare builds", seconds(() -> scheduleBare(bare)), round);
            print("parallel + build", seconds(() -> jenkins.buildAndAssertSuccess(plain)), round);
            print("phase", seconds(() -> jenkins.buildAndAssertSuccess(ours)), round);
        }
    }

    /** 20 builds of six seconds on one node of 16 executors: two waves, at best 12 s. */
    @Test
    public void twoWaves() throws Exception {
        jenkins.jenkins.setNumExecutors(16);
        StringBuilder phase = new StringBuilder("phase('all') {\n");
        for (int i = 0; i < 20; i++) {
            FreeStyleProject worker = jenkins.createFreeStyleProject("worker" + i);
            worker.addProperty(PromiseFixture.contract());
            worker.getBuildersList().add(new SleepBuilder(6_000));
            phase.append("worker job: 'worker").append(i).append("'\n");
        }
        WorkflowJob ours = fixture.orchestration("ours", phase + "}");
        print("20 workers of 6 s on 16 executors", seconds(() -> jenkins.buildAndAssertSuccess(ours)), 0);
    }

    /** Submissions over HTTP by 16 clients: Build Token Root, which keeps nothing, and ours. */
    @Test
    public void submissions() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        FreeStyleProject bare = jenkins.createFreeStyleProject("bare");
        Field token = AbstractProject.class.getDeclaredField("authToken");
        token.setAccessible(true);
        token.set(bare, new BuildAuthorizationToken("t"));
        bare.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("N", "", "")));
        FreeStyleProject job = jenkins.createFreeStyleProject("greet");
        PromiseContract contract = PromiseFixture.contract(PromiseFixture.input("N", "string", true));
        contract.setToken(Secret.fromString("t"));
        job.addProperty(contract);
        for (int round = 0; round < ROUNDS; round++) {
            int from = round * SUBMISSIONS;
            load("buildByToken/buildWithParameters?job=bare&token=t&N=", "Build Token Root", from);
            load("promises/submit/greet?token=t&N=", "promises/submit", from);
            Queue.getInstance().clear();
        }
    }

    private void load(String path, String name, int from) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> sent = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < SUBMISSIONS; i++) {
            URI uri = URI.create(fixture.url(path + (from + i)));
            sent.add(clients.submit(() -> {
                long begun = System.nanoTime();
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 201) {
                    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                }
                millis.add((System.nanoTime() - begun) / 1e6);
                return null;
            }));
        }
        for (Future<?> one : sent) {
            one.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        clients.shutdown();
        Collections.sort(millis);
        System.out.printf(
                "%-40s %.0f a second, p50 %.1f ms, p99 %.1f ms%n",
                name, SUBMISSIONS / seconds, millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100));
    }

    private static void scheduleBare(List<FreeStyleProject> jobs) throws Exception {
        List<QueueTaskFuture<?>> builds = new ArrayList<>();
        for (FreeStyleProject job : jobs) {
            builds.add(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause())));
        }
        for (QueueTaskFuture<?> build : builds) {
            build.get();
        }
        Eventually.until("the queue is empty", Duration.ofSeconds(30), () -> Queue.getInstance()
                .isEmpty());
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String name, double seconds, int round) {
        System.out.printf("%-40s %.2f s (round %d)%n", name, seconds, round + 1);
    }

    private interface Work {
        void run() throws Exception;
    }
}
