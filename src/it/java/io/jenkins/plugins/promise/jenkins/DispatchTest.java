package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.AdministrativeMonitor;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.config.PromiseMonitor;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.jenkins.queue.JenkinsLanes;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** What is accepted waits in the ledger, and Jenkins' queue gets what can start soon. */
public final class DispatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private Path gate;

    @Before
    public void worker() throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        gate = folder.getRoot().toPath().resolve("gate");
        PromiseWorker waits = fixture.worker("waits", "while [ ! -e " + gate + " ]; do sleep 0.2; done");
        waits.setAssignedLabel(Label.get("linux"));
        waits.setConcurrentBuild(true);
        // Without any agent at all Jenkins says nothing of labels.
        jenkins.createSlave("windows", "windows", null);
    }

    @After
    public void end() throws Exception {
        for (Promise open : PromiseFixture.controller()
                .ledger()
                .lists()
                .page(new PromiseQuery(PromiseQuery.Which.PENDING, true, null, "", null, 100))
                .promises()) {
            PromiseFixture.controller().promises().settle(open.id(), Outcome.failure("the test is over"));
        }
        Queue.getInstance().clear();
        if (!Files.exists(gate)) {
            Files.createFile(gate);
        }
        jenkins.waitUntilNoActivity();
    }

    private String submit(String job) throws Exception {
        HttpResponse<String> answer = fixture.post("promises/submit/" + job, "", fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.mapper().readTree(answer.body()).path("id").asText();
    }

    private JsonNode told(String path) throws Exception {
        HttpResponse<String> answer = fixture.get(path, fixture.user("admin"));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    private DumbSlave agent() throws Exception {
        return jenkins.createOnlineSlave(Label.get("linux"));
    }

    private static int queued() {
        return Queue.getInstance().getItems().length;
    }

    @Test
    public void queueHoldsTwiceTheExecutorsAndFollowsAgentsThatComeAndGo() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(submit("waits"));
        }
        assertThat(queued()).as("a few, so that Jenkins can say why").isEqualTo(2);
        agent();
        Eventually.until("two wait behind one that runs", PATIENCE, () -> queued() == 2 && running(all) == 1);
        DumbSlave second = agent();
        Eventually.until("four wait behind two that run", PATIENCE, () -> queued() == 4 && running(all) == 2);
        JsonNode last = told("promises/" + all.get(19)).path("waitsFor");
        assertThat(last.path("what").asText()).isEqualTo("turn");
        assertThat(last.path("before").asInt()).isEqualTo(17);
        assertThat(JenkinsLanes.window("label linux")).isEqualTo(4);
        second.toComputer().setTemporarilyOffline(true, null);
        assertThat(JenkinsLanes.window("label linux")).isEqualTo(2);
        second.toComputer().setTemporarilyOffline(false, null);
        Files.createFile(gate);
        for (String id : all) {
            Eventually.until("it is done", PATIENCE, () -> state(id).equals("FULFILLED"));
        }
    }

    private static String state(String id) throws Exception {
        return PromiseFixture.controller().promises().find(id).state().name();
    }

    private static int running(List<String> all) throws Exception {
        int running = 0;
        for (String id : all) {
            running += state(id).equals("RUNNING") ? 1 : 0;
        }
        return running;
    }

    @Test
    public void whatWasCancelledBeforeTheQueueHadItDoesNotStayThere() throws Exception {
        String id = submit("waits");
        Promise waiting = PromiseFixture.controller().promises().find(id);
        PromiseFixture.controller().promises().cancel(id, "ann");
        Eventually.until("the queue is empty", PATIENCE, () -> queued() == 0);

        PromiseFixture.controller().builds().enqueue(waiting);

        assertThat(queued()).isZero();
    }

    @Test
    public void whatIsCancelledWhileOthersEnterTheQueueDoesNotStayThere() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(submit("waits"));
        }
        all.parallelStream().forEach(id -> {
            try {
                PromiseFixture.controller().promises().cancel(id, "ann");
            } catch (Refused e) {
                throw new AssertionError(e);
            }
        });
        Eventually.until("the queue is empty", PATIENCE, () -> queued() == 0);
    }

    @Test
    public void buildsThatWaitCanBeCancelledInTheLedgerAndInTheQueue() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(submit("waits"));
        }
        for (String id : all) {
            assertThat(fixture.post("promises/" + id + "/cancel", "", fixture.user("admin"))
                            .statusCode())
                    .isEqualTo(200);
        }
        Eventually.until("the queue is empty", PATIENCE, () -> queued() == 0);
        assertThat(jenkins.jenkins
                        .getItemByFullName("waits", PromiseWorker.class)
                        .getBuilds())
                .isEmpty();
    }

    @Test
    public void labelThatNoAgentHasIsToldInJenkinsOwnWords() throws Exception {
        String id = submit("waits");
        JsonNode waits = told("promises/" + id).path("waitsFor");
        assertThat(waits.path("what").asText()).isEqualTo("executor");
        assertThat(waits.path("detail").asText())
                .contains("no nodes with the label")
                .contains("linux");
        assertThat(told("promises/?state=pending")
                        .path("promises")
                        .path(0)
                        .path("waitsFor")
                        .path("detail")
                        .asText())
                .isEqualTo(waits.path("detail").asText());
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        assertThat(browser.goTo("promises/" + id).asNormalizedText()).contains("no nodes with the label");
        assertThat(browser.goTo("promises/").asNormalizedText()).contains("no nodes with the label");
    }

    @Test
    public void whatWaitsForALabelThatNoAgentHasIsToldWhereSomebodyLooksAndRunsWhenOneGetsIt() throws Exception {
        DumbSlave mac = jenkins.createSlave("mac", "mac", null);
        jenkins.waitOnline(mac);
        fixture.orchestration("calls", "worker job: 'waits'");
        String caller = submit("calls");
        List<String> all = List.of(submit("waits"), submit("waits"), submit("waits"));
        Eventually.until("its worker waits", PATIENCE, () -> told("promises/" + caller)
                .at("/waitsFor/detail")
                .asText()
                .matches("the worker 'waits', which is queued: .*label .?linux.*"));
        assertThat(told("promises/" + caller).at("/waitsFor/stuck").asBoolean()).isTrue();
        for (String id : all) {
            assertThat(told("promises/" + id).at("/waitsFor/detail").asText()).contains("linux");
            assertThat(told("promises/" + id).at("/waitsFor/stuck").asBoolean()).isTrue();
        }
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        assertThat(browser.goTo("promises/").asNormalizedText()).contains("'waits', which is queued");
        PromiseMonitor monitor = AdministrativeMonitor.all().get(PromiseMonitor.class);
        Eventually.until("an administrator is told", PATIENCE, monitor::isActivated);
        assertThat(monitor.getTroubles())
                .singleElement()
                .asString()
                .contains("no agent that is online has the label 'linux'");
        assertThat(browser.goTo("promises/").asNormalizedText()).contains("Needs attention");
        JsonNode attention = told("promises/attention?job=waits");
        assertThat(attention.path("promises")).hasSize(attention.path("count").asInt());
        assertThat(attention.path("promises").findValuesAsText("id")).containsAll(all);
        assertThat(attention.at("/promises/0/stuck").asBoolean()).isTrue();
        assertThat(told("promises/attention?job=nobody").path("count").asInt()).isZero();

        mac.setLabelString("mac linux");
        jenkins.jenkins.updateNode(mac);
        Files.createFile(gate);
        for (String id : all) {
            Eventually.until("it is done", PATIENCE, () -> state(id).equals("FULFILLED"));
        }
        Eventually.until("its caller is done", PATIENCE, () -> state(caller).equals("FULFILLED"));
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    public void aDisabledJobIsNotBuiltItsPromisesWaitAndSaySoAndHoldUpNoOther() throws Exception {
        PromiseWorker waits = jenkins.jenkins.getItemByFullName("waits", PromiseWorker.class);
        PromiseWorker other = fixture.worker("other", "true");
        other.setAssignedLabel(Label.get("linux"));
        List<String> all = List.of(submit("waits"), submit("waits"), submit("waits"));
        assertThat(queued()).isEqualTo(2);
        waits.makeDisabled(true);
        Eventually.until("none is in the queue", PATIENCE, () -> queued() == 0);
        for (String id : all) {
            JsonNode told = told("promises/" + id).path("waitsFor");
            assertThat(told.path("what").asText()).isEqualTo("job");
            assertThat(told.path("detail").asText()).contains("the job waits is disabled");
        }
        agent();
        String passes = submit("other");
        Eventually.until("another job's is built", PATIENCE, () -> state(passes).equals("FULFILLED"));
        assertThat(fixture.post("promises/submit/waits", "", fixture.user("admin"))
                        .body())
                .contains("the job waits is disabled");
        fixture.orchestration("calls", "worker job: 'waits'");
        String late = submit("calls");
        Eventually.until(
                "what is called waits too",
                PATIENCE,
                () -> told("promises/" + late).at("/waitsFor/detail").asText().contains("the job waits is disabled"));
        assertThat(waits.getBuilds()).isEmpty();
        assertThat(queued()).isZero();

        Files.createFile(gate);
        waits.makeDisabled(false);
        for (String id : List.of(all.get(0), all.get(1), all.get(2), late)) {
            Eventually.until("it is built", PATIENCE, () -> state(id).equals("FULFILLED"));
        }
        assertThat(waits.getBuilds()).hasSize(4);
    }

    @Test
    public void queueBelowAPromiseAnswersAsAQueueItemDoesAndNeverDisappears() throws Exception {
        String id = submit("waits");
        JsonNode waiting = told("promises/" + id + "/queue/api/json");
        assertThat(waiting.path("_class").asText()).startsWith("hudson.model.Queue$");
        assertThat(waiting.path("task").path("name").asText()).isEqualTo("waits");
        assertThat(waiting.path("why").asText()).contains("linux");
        assertThat(waiting.has("executable")).isFalse();
        assertThat(fixture.get("promises/" + id + "/queue/api/xml", fixture.user("admin"))
                        .statusCode())
                .isEqualTo(404);
        Files.createFile(gate);
        agent();
        Eventually.until("it is done", PATIENCE, () -> state(id).equals("FULFILLED"));
        JsonNode left = told("promises/" + id + "/queue/");
        assertThat(left.path("cancelled").asBoolean()).isFalse();
        assertThat(left.path("executable").path("number").asInt()).isEqualTo(1);
        assertThat(left.path("executable").path("url").asText()).endsWith("/job/waits/1/");
    }

    @Test
    public void queueItemOfJenkinsIsNamedInTheAnswerOnceItIsKnown() throws Exception {
        String id = submit("waits");
        Eventually.until("it is known", PATIENCE, () -> told("promises/" + id).has("queue"));
        String queue = told("promises/" + id).path("links").path("queue").asText();
        assertThat(queue).matches(".*/queue/item/[0-9]+/");
        assertThat(told(queue.substring(jenkins.getURL().toString().length()) + "api/json")
                        .path("task")
                        .path("name")
                        .asText())
                .isEqualTo("waits");
    }

    @Test
    public void finishedLongBeforeItsStartIsWrittenDownItSettlesAllTheSame() throws Exception {
        jenkins.jenkins.setNumExecutors(2);
        PromiseWorker nothing = fixture.worker("nothing", "");
        nothing.setConcurrentBuild(true);
        nothing.getBuildersList().clear();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(submit("nothing"));
        }
        for (String id : all) {
            Eventually.until("it is done", PATIENCE, () -> state(id).equals("FULFILLED"));
        }
    }

    @Test
    public void listsHaveOneRuleOnBothHosts() throws Exception {
        submit("waits");
        assertThat(told("promises/?state=closed").path("count").asInt()).isZero();
        assertThat(told("promises/?state=open&job=waits&limit=1").path("promises"))
                .hasSize(1);
        assertThat(told("promises/?q=nowhereatall").path("promises")).isEmpty();
        for (String wrong : List.of("state=nope", "limit=0", "limit=x")) {
            assertThat(fixture.get("promises/?" + wrong, fixture.user("admin")).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
