package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.relocate.RelocationAction;
import com.google.common.io.ByteSource;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.Keep;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.ContentDigest;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.deployment.bundle.Release;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.jenkins.job.PromiseOrchestration;
import io.jenkins.plugins.promise.jenkins.suite.SuiteFolder;
import io.jenkins.plugins.promise.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.Authentication;

/** Suites on a real Jenkins: deployed whole or not at all, immutable, rolled back, pruned. */
public final class SuiteTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);

    @Before
    public void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
    }

    private static Release release(
            String version, JobKind kind, ScriptSource source, Map<String, ByteSource> files, Map<String, String> uses)
            throws IOException {
        return release(version, kind, source, files, uses, Keep.ALL);
    }

    private static Release release(
            String version,
            JobKind kind,
            ScriptSource source,
            Map<String, ByteSource> files,
            Map<String, String> uses,
            Keep keep)
            throws IOException {
        String name = version.replaceFirst("-v.*", "");
        String script = kind == JobKind.WORKER ? "run.sh" : "run.groovy";
        Deployed unnamed =
                new Deployed("", name, kind, new Contract(List.of(), null, null, keep), null, script, null, "", uses);
        return new Release(
                unnamed.named(version, ContentDigest.of(unnamed, source, files).text()),
                source == null ? null : ByteSource.wrap(Json.mapper().writeValueAsBytes(source)),
                files);
    }

    /** A bundle of an orchestration {@code greet}, which a token submits, and the worker {@code hello} that it calls. */
    static byte[] suite(int number, String says) throws Exception {
        return suite(number, says, Keep.ALL);
    }

    /** The same, with a worker that does that first. */
    static byte[] suite(int number, String says, String before) throws Exception {
        return suite(number, says, before, Keep.ALL);
    }

    /** The same, with that kept of its worker. */
    static byte[] suite(int number, String says, Keep keep) throws Exception {
        return suite(number, says, "", keep);
    }

    private static byte[] suite(int number, String says, String before, Keep keep) throws Exception {
        String worker = "hello-v" + number + "-aaaaaaa";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Bundle(
                        "suite",
                        List.of(
                                release(
                                        worker,
                                        JobKind.WORKER,
                                        null,
                                        Map.of(
                                                "run.sh",
                                                ByteSource.wrap(
                                                        (before + "echo '{\"reason\": \"" + says + "\"}' > report.json")
                                                                .getBytes(StandardCharsets.UTF_8))),
                                        Map.of(),
                                        keep),
                                release(
                                        "greet-v" + number + "-aaaaaaa",
                                        JobKind.ORCHESTRATION,
                                        ScriptSource.of(
                                                "jobs/greet/run.groovy",
                                                "def r = phase('p') { worker job: 'hello' }\n"
                                                        + "report reason: r.hello.reason"),
                                        Map.of(),
                                        Map.of("hello", worker))),
                        Map.of("greet", SubmitToken.of(PromiseFixture.TOKEN)))
                .write(out);
        return out.toByteArray();
    }

    private SuiteFolder folder() {
        return jenkins.jenkins.getItemByFullName("suite", SuiteFolder.class);
    }

    private List<String> versions() {
        return folder() == null
                ? List.of()
                : folder().getItems().stream().map(Item::getName).sorted().toList();
    }

    private HttpResponse<String> deploy(byte[] bundle) throws Exception {
        return fixture.post("promises/deploy", bundle, fixture.user("admin"));
    }

    private String reasonOf(String job) throws Exception {
        String body = fixture.post("promises/submit/" + job, "", fixture.user("admin"))
                .body();
        String id = Json.mapper().readTree(body).path("id").asText();
        jenkins.waitUntilNoActivity();
        return PromiseFixture.reason(id);
    }

    @Test
    public void commonNameIsTheLatestVersionUntilItIsRolledBack() throws Exception {
        assertThat(deploy(suite(1, "one")).statusCode()).isEqualTo(200);
        assertThat(reasonOf("greet")).isEqualTo("one");
        assertThat(deploy(suite(2, "two")).statusCode()).isEqualTo(200);
        assertThat(reasonOf("greet")).isEqualTo("two");
        assertThat(reasonOf("greet-v1-aaaaaaa"))
                .as("with the worker it was deployed with")
                .isEqualTo("one");
        assertThat(fixture.post("promises/rollback/greet", "", fixture.user("admin"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(reasonOf("greet")).isEqualTo("one");
    }

    @Test
    public void deployedJobsCannotBeChanged() throws Exception {
        deploy(suite(1, "one"));
        for (String name : List.of("greet-v1-aaaaaaa", "hello-v1-aaaaaaa")) {
            String[] admin = fixture.user("admin");
            assertThat(fixture.post("job/suite/job/" + name + "/configSubmit", "json={}", admin)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(fixture.post("job/suite/job/" + name + "/config.xml", "<x/>".getBytes(), admin)
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> kept = fixture.post("job/suite/job/" + name + "/doDelete", "", admin);
            assertThat(kept.statusCode()).isEqualTo(403);
            assertThat(kept.body())
                    .as("an administrator has the permission that Jenkins would say is missing")
                    .contains(name + " is a deployed version, which never changes");
            assertThat(fixture.post("job/suite/job/" + name + "/confirmRename?newName=x", "", admin)
                            .statusCode())
                    .isEqualTo(403);
            CLICommandInvoker.Result update = new CLICommandInvoker(jenkins, "update-job")
                    .asUser("admin")
                    .withStdin(new ByteArrayInputStream("<x/>".getBytes()))
                    .invokeWithArgs("suite/" + name);
            assertThat(update.stderr()).contains("Job/Configure");
            CLICommandInvoker.Result delete =
                    new CLICommandInvoker(jenkins, "delete-job").asUser("admin").invokeWithArgs("suite/" + name);
            assertThat(delete.stderr()).contains("Job/Delete");
            Job<?, ?> job = jenkins.jenkins.getItemByFullName("suite/" + name, Job.class);
            Authentication who = User.getById("admin", true).impersonate2();
            assertThat(job.getACL().hasPermission2(who, Item.BUILD)).isTrue();
            assertThat(job.getACL().hasPermission2(who, ReplayAction.REPLAY))
                    .as("run with another script")
                    .isFalse();
            assertThat(job.getACL().hasPermission2(who, RelocationAction.RELOCATE))
                    .as("moved")
                    .isFalse();
        }
    }

    @Test
    public void jobMadeFromAVersionsConfigurationDoesNotSpeakForIt() throws Exception {
        deploy(suite(1, "one"));
        for (String name : List.of("greet-v1-aaaaaaa", "hello-v1-aaaaaaa")) {
            Job<?, ?> deployed = jenkins.jenkins.getItemByFullName("suite/" + name, Job.class);
            Job<?, ?> forged = (Job<?, ?>) jenkins.jenkins.createProjectFromXML(
                    "forged-" + name,
                    new ByteArrayInputStream(deployed.getConfigFile().asString().getBytes(StandardCharsets.UTF_8)));
            HttpResponse<String> built =
                    fixture.post("job/" + forged.getName() + "/buildWithParameters", "", fixture.user("admin"));
            assertThat(built.body()).contains("was made from the version " + name);
            assertThat(fixture.post("promises/submit/" + forged.getName(), "", fixture.user("admin"))
                            .statusCode())
                    .isEqualTo(404);
            jenkins.waitUntilNoActivity();
            assertThat(forged.getLastBuild()).isNull();
            assertThat(deployed.getLastBuild()).isNull();
            assertThat(fixture.post("job/" + forged.getName() + "/doDelete", "", fixture.user("admin"))
                            .statusCode())
                    .as("it is a job as any other")
                    .isLessThan(400);
        }
        assertThat(fixture.get("promises?q=greet", fixture.user("admin")).body())
                .doesNotContain("forged");
    }

    @Test
    public void bundleWithOtherContentIsRefusedWhole() throws Exception {
        deploy(suite(1, "one"));
        assertThat(deploy(suite(1, "one")).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = deploy(suite(1, "other"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("hello-v1-aaaaaaa");
        assertThat(deploy(new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
        assertThat(versions()).hasSize(2);
    }

    @Test
    public void nameThatIsTakenFailsTheWholeDeployment() throws Exception {
        jenkins.createProject(WorkflowJob.class, "greet-v1-aaaaaaa");
        assertThat(deploy(suite(1, "one")).statusCode()).isEqualTo(503);
        assertThat(jenkins.jenkins.getItems()).extracting(Item::getName).containsExactly("greet-v1-aaaaaaa");
        assertThat(PromiseFixture.controller().versions().all()).isEmpty();
    }

    @Test
    public void pruneRemovesTheJobsToo() throws Exception {
        deploy(suite(1, "one"));
        deploy(suite(2, "two"));
        HttpResponse<String> kept = fixture.post("promises/prune", "", fixture.user("admin"));
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(versions()).hasSize(4);
        Eventually.until("the old version was not used for a second", Duration.ofSeconds(30), () -> {
            fixture.post("promises/prune?olderThan=1s", "", fixture.user("admin"));
            return versions().size() == 2;
        });
        assertThat(versions()).containsExactly("greet-v2-aaaaaaa", "hello-v2-aaaaaaa");
    }

    @Test
    public void jobsOfADeploymentThatDidNotEndAreRemovedAtTheStart() throws Exception {
        deploy(suite(1, "one"));
        SuiteFolder folder = folder();
        folder.put(PromiseOrchestration.create(
                release("greet-v9-aaaaaaa", JobKind.ORCHESTRATION, ScriptSource.of("a", ""), Map.of(), Map.of())
                        .deployed(),
                folder));
        PromiseFixture.controller().reconcile();
        assertThat(versions()).containsExactly("greet-v1-aaaaaaa", "hello-v1-aaaaaaa");
    }

    @Test
    public void jobsOfDeployedVersionsThatAreGoneAreMadeAgainAtTheStart() throws Exception {
        deploy(suite(1, "one"));
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            jenkins.jenkins.getItem("suite").delete();
        }
        PromiseFixture.controller().reconcile();
        assertThat(versions()).containsExactly("greet-v1-aaaaaaa", "hello-v1-aaaaaaa");
        assertThat(reasonOf("greet")).isEqualTo("one");
    }

    @Test
    public void pageFoldsTheVersionsByCommonName() throws Exception {
        deploy(suite(1, "one"));
        deploy(suite(2, "two"));
        String page = jenkins.createWebClient().login("admin").goTo("promises/").asXml();
        assertThat(page).contains("greet-v2-aaaaaaa").contains("<details").contains("1 other version");
    }
}
