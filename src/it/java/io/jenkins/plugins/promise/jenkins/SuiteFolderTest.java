package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.jenkins.suite.SuiteFolder;
import io.jenkins.plugins.promise.jenkins.web.PromisePermissions;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The folder of a deployed suite: found by names as before, nobody's to change, and with a page to roll back and pause on. */
public final class SuiteFolderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("ann")
                .grant(Jenkins.READ, Item.READ, PromisePermissions.DEPLOY)
                .everywhere()
                .to("dora"));
    }

    private void deploy(int number, String says) throws Exception {
        HttpResponse<String> answer =
                fixture.post("promises/deploy", SuiteTest.suite(number, says), fixture.user("admin"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String submit(String name) throws Exception {
        HttpResponse<String> answer = fixture.post("promises/submit/" + name, "", fixture.user("ann"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = Json.mapper().readTree(answer.body()).path("id").asText();
        fixture.settled(id, fixture.user("ann"));
        jenkins.waitUntilNoActivity();
        return PromiseFixture.reason(id);
    }

    @Test
    public void suiteIsOneItemAndItsVersionsAreFoundByEveryNameTheyHave() throws Exception {
        deploy(1, "one");
        assertThat(jenkins.jenkins.getItems()).extracting(Item::getName).containsExactly("suite");
        for (String name : List.of("greet", "greet-v1-aaaaaaa", "suite/greet-v1-aaaaaaa")) {
            assertThat(submit(name)).as(name).isEqualTo("one");
        }
        WorkflowJob caller = jenkins.createProject(WorkflowJob.class, "caller");
        caller.setDefinition(new CpsFlowDefinition("build job: 'suite/hello-v1-aaaaaaa'", true));
        jenkins.buildAndAssertSuccess(caller);
        WorkflowJob own = jenkins.createProject(WorkflowJob.class, "own");
        own.addProperty(PromiseFixture.contract());
        own.setDefinition(new PromiseScript("def a = worker job: 'hello'\n"
                + "def b = worker job: 'suite/hello-v1-aaaaaaa'\n"
                + "report reason: \"${a.reason}, ${b.version}\""));
        assertThat(submit("own")).isEqualTo("one, hello-v1-aaaaaaa");
    }

    private Job<?, ?> version(String name) {
        return jenkins.jenkins.getItemByFullName("suite/" + name, Job.class);
    }

    @Test
    public void commonNameIsFoundInTheFolderByTheStepBuildByTheCommandLineAndByLinks() throws Exception {
        deploy(1, "one");
        deploy(2, "two");
        WorkflowJob caller = jenkins.createProject(WorkflowJob.class, "caller");
        caller.setDefinition(new CpsFlowDefinition("build job: 'suite/hello'", true));
        jenkins.buildAndAssertSuccess(caller);
        assertThat(new CLICommandInvoker(jenkins, "build")
                        .asUser("ann")
                        .invokeWithArgs("suite/hello", "-s")
                        .returnCode())
                .isZero();
        assertThat(version("hello-v2-aaaaaaa").getBuilds()).hasSize(2);
        assertThat(fixture.get("job/suite/job/greet/", fixture.user("ann")).body())
                .contains("greet-v2-aaaaaaa")
                .doesNotContain("greet-v1-aaaaaaa");

        fixture.post("job/suite/rollback?name=hello&to=hello-v1-aaaaaaa", "", fixture.user("dora"));
        jenkins.buildAndAssertSuccess(caller);
        assertThat(version("hello-v1-aaaaaaa").getBuilds()).hasSize(1);
        assertThat(version("nothing")).isNull();
    }

    @Test
    public void tokenOfAContractIsBuildTokenRootsToo() throws Exception {
        deploy(1, "one");
        deploy(2, "two");
        Map<String, String> meant = Map.of(
                "greet", "two", "suite/greet", "two", "greet-v1-aaaaaaa", "one", "suite/greet-v1-aaaaaaa", "one");
        for (Map.Entry<String, String> name : meant.entrySet()) {
            HttpResponse<String> answer = fixture.post(
                    "buildByToken/buildWithParameters", "job=" + name.getKey() + "&token=" + PromiseFixture.TOKEN);
            assertThat(answer.statusCode()).as(name + answer.body()).isEqualTo(201);
            jenkins.waitUntilNoActivity();
            String queue = answer.headers().firstValue("Location").orElseThrow();
            assertThat(queue).startsWith(fixture.url(""));
            Promise last = PromiseFixture.controller()
                    .ledger()
                    .lists()
                    .page(PromiseQuery.of(PromiseQuery.Which.ALL))
                    .promises()
                    .get(0);
            fixture.settled(last.id(), fixture.user("admin"));
            assertThat(PromiseFixture.reason(last.id())).as(name.getKey()).isEqualTo(name.getValue());
            assertThat(last.submitter().kind()).isEqualTo(Submitter.Kind.TOKEN);
        }
        String odd = "job=greet&token=" + PromiseFixture.TOKEN + "&ODD=1";
        assertThat(fixture.post("buildByToken/buildWithParameters", odd).statusCode())
                .isEqualTo(400);
        for (String refused : List.of("job=greet&token=guess", "job=nobody&token=guess", "job=greet")) {
            assertThat(fixture.post("buildByToken/buildWithParameters", refused).statusCode())
                    .as(refused)
                    .isEqualTo(404);
        }
        assertThat(PromiseFixture.accepted()).isEqualTo(meant.size());
    }

    @Test
    public void nobodyPutsAnythingIntoItMovesItOrDeletesItAndItGoesWithTheLastVersion() throws Exception {
        deploy(1, "one");
        String[] admin = fixture.user("admin");
        for (String path : List.of("doDelete", "confirmRename?newName=x", "move/move?destination=/")) {
            assertThat(fixture.post("job/suite/" + path, "", admin).statusCode())
                    .as(path)
                    .isGreaterThanOrEqualTo(400);
        }
        fixture.post("job/suite/createItem?name=x&mode=hudson.model.FreeStyleProject", "", admin);
        assertThat(new CLICommandInvoker(jenkins, "create-job")
                        .asUser("admin")
                        .withStdin(new ByteArrayInputStream("<project/>".getBytes(StandardCharsets.UTF_8)))
                        .invokeWithArgs("suite/x")
                        .returnCode())
                .isNotZero();
        SuiteFolder folder = jenkins.jenkins.getItemByFullName("suite", SuiteFolder.class);
        assertThat(folder.getItems()).hasSize(2);
        assertThat(folder.getACL().hasPermission2(User.getById("admin", true).impersonate2(), Item.CONFIGURE))
                .as("who may do what with it is an administrator's to say")
                .isTrue();

        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            var versions = PromiseFixture.controller().versions();
            var index = versions.index();
            assertThat(versions.remove(
                            index.versions().keySet(),
                            index,
                            index.without(index.versions().keySet())))
                    .isTrue();
        }
        assertThat(jenkins.jenkins.getItems()).isEmpty();
    }

    @Test
    public void jobBesideThatClaimsToBeAVersionInTheFolderIsNone() throws Exception {
        deploy(1, "one");
        Job<?, ?> real = jenkins.jenkins.getItemByFullName("suite/hello-v1-aaaaaaa", Job.class);
        Folder team = jenkins.createProject(Folder.class, "team");
        byte[] xml = real.getConfigFile().asString().getBytes(StandardCharsets.UTF_8);
        Job<?, ?> forged =
                (Job<?, ?>) jenkins.jenkins.createProjectFromXML("hello-v1-aaaaaaa", new ByteArrayInputStream(xml));
        Job<?, ?> other = (Job<?, ?>) team.createProjectFromXML("hello-v1-aaaaaaa", new ByteArrayInputStream(xml));

        assertThat(PromiseContract.versionOf(forged)).isEmpty();
        assertThat(PromiseContract.versionOf(other)).isEmpty();
        assertThat(PromiseContract.versionOf(real)).hasValue("hello-v1-aaaaaaa");
        assertThat(submit("hello-v1-aaaaaaa")).isEqualTo("one");
        assertThat(real.getLastBuild()).isNotNull();
        assertThat(forged.getLastBuild()).isNull();
    }

    @Test
    public void nameThatSomebodyHasIsNotTaken() throws Exception {
        Folder theirs = jenkins.createProject(Folder.class, "suite");
        deploy(1, "one");
        assertThat(jenkins.jenkins.getItemByFullName("suite-versions/greet-v1-aaaaaaa"))
                .isNotNull();
        assertThat(theirs.getItems()).isEmpty();
        assertThat(submit("greet")).isEqualTo("one");
    }

    @Test
    public void versionThatLayBesideOthersBeforeThereWereFoldersStaysAndNewOnesAreInTheFolder() throws Exception {
        deploy(1, "one");
        SuiteFolder folder = jenkins.jenkins.getItemByFullName("suite", SuiteFolder.class);
        Map<String, byte[]> jobs = new TreeMap<>();
        for (Job<?, ?> job : folder.getAllJobs()) {
            jobs.put(job.getName(), job.getConfigFile().asString().getBytes(StandardCharsets.UTF_8));
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            folder.delete();
        }
        for (Map.Entry<String, byte[]> job : jobs.entrySet()) {
            jenkins.jenkins.createProjectFromXML(job.getKey(), new ByteArrayInputStream(job.getValue()));
        }
        PromiseFixture.controller().reconcile();
        assertThat(submit("greet")).isEqualTo("one");
        assertThat(jenkins.jenkins
                        .getItemByFullName("hello-v1-aaaaaaa", Job.class)
                        .getLastBuild())
                .isNotNull();
        assertThat(fixture.post("job/hello-v1-aaaaaaa/doDelete", "", fixture.user("admin"))
                        .statusCode())
                .isEqualTo(403);

        deploy(2, "two");
        assertThat(submit("greet")).isEqualTo("two");
        assertThat(jenkins.jenkins.getItems())
                .extracting(Item::getName)
                .containsExactlyInAnyOrder("greet-v1-aaaaaaa", "hello-v1-aaaaaaa", "suite");
    }

    @Test
    public void pageShowsWhoUsesWhatAndRollsBackAndPauses() throws Exception {
        deploy(1, "one");
        deploy(2, "two");
        JenkinsRule.WebClient dora = jenkins.createWebClient().login("dora");
        HtmlPage page = dora.goTo("job/suite/");
        assertThat(page.asNormalizedText())
                .contains("greet-v2-aaaaaaa", "latest", "1 other version", "Used by greet", "Prune")
                .doesNotContain("Submit");
        HtmlForm back = page.getForms().stream()
                .filter(f -> f.getActionAttribute().equals("rollback")
                        && f.getInputByName("name").getValue().equals("greet"))
                .findFirst()
                .orElseThrow();
        HtmlPage then = jenkins.submit(back);
        assertThat(then.getUrl().getPath()).endsWith("/job/suite/");
        assertThat(PromiseFixture.controller().versions().index().latestOf("greet"))
                .hasValue("greet-v1-aaaaaaa");

        HtmlForm pause = then.getForms().stream()
                .filter(f -> f.getActionAttribute().equals("pause")
                        && f.getInputByName("version").getValue().equals("greet-v1-aaaaaaa"))
                .findFirst()
                .orElseThrow();
        assertThat(jenkins.submit(pause).asNormalizedText()).contains("paused by dora", "Resume");

        HtmlPage seen = jenkins.createWebClient().login("ann").goTo("job/suite/");
        assertThat(seen.asNormalizedText()).contains("Submit").doesNotContain("Prune", "Let greet stand");
        assertThat(seen.getForms()).extracting(HtmlForm::getActionAttribute).doesNotContain("pause", "rollback");
        for (String change : List.of("rollback?name=greet&to=greet-v2-aaaaaaa", "pause?version=greet-v2-aaaaaaa")) {
            assertThat(fixture.post("job/suite/" + change, "", fixture.user("ann"))
                            .statusCode())
                    .as(change)
                    .isEqualTo(403);
            assertThat(fixture.get("job/suite/" + change, fixture.user("dora")).statusCode())
                    .as(change)
                    .isIn(404, 405);
        }
        assertThat(PromiseFixture.controller().versions().index().latestOf("greet"))
                .hasValue("greet-v1-aaaaaaa");
        HttpResponse<String> script = fixture.get("job/suite/script?version=hello-v2-aaaaaaa", fixture.user("admin"));
        assertThat(script.body()).contains("report.json");
        assertThat(fixture.get("job/suite/script?version=hello-v2-aaaaaaa", fixture.user("ann"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    public void allOfItIsThereAfterARestart() throws Exception {
        deploy(1, "one");
        SuiteFolder before = jenkins.jenkins.getItemByFullName("suite", SuiteFolder.class);
        jenkins.jenkins.reload();
        SuiteFolder after = jenkins.jenkins.getItemByFullName("suite", SuiteFolder.class);
        assertThat(after).isNotSameAs(before);
        assertThat(after.getSuite()).isEqualTo("suite");
        assertThat(after.getItems()).hasSize(2);
        Eventually.until(
                "it is open", PATIENCE, () -> PromiseFixture.controller().dispatching());
        assertThat(submit("greet")).isEqualTo("one");
    }
}
