package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Computer;
import hudson.model.Environment;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import hudson.security.AuthorizationMatrixProperty;
import hudson.security.Permission;
import hudson.security.ProjectMatrixAuthorizationStrategy;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.build.PromiseWorkerBuild;
import io.jenkins.plugins.promise.jenkins.build.WorkerScript;
import io.jenkins.plugins.promise.jenkins.job.ContractInput;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import io.jenkins.plugins.promise.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.authorizeproject.GlobalQueueItemAuthenticator;
import org.jenkinsci.plugins.authorizeproject.strategy.TriggeringUsersAuthorizationStrategy;
import org.jenkinsci.plugins.matrixauth.AuthorizationType;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.jenkinsci.plugins.matrixauth.inheritance.NonInheritingStrategy;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Whoever asks is who acts: on a controller with matrix-auth, authorize-project ("who triggered") and folders. */
public final class IdentityTest {
    private static final List<String> ACTED = new CopyOnWriteArrayList<>();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final PromiseFixture fixture = new PromiseFixture(jenkins);
    private final ProjectMatrixAuthorizationStrategy matrix = new ProjectMatrixAuthorizationStrategy();
    private Folder team;

    @Before
    public void secure() throws Exception {
        ACTED.clear();
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        matrix.add(Jenkins.ADMINISTER, new PermissionEntry(AuthorizationType.USER, "admin"));
        for (String user : List.of("ann", "bob")) {
            matrix.add(Jenkins.READ, new PermissionEntry(AuthorizationType.USER, user));
            matrix.add(Computer.BUILD, new PermissionEntry(AuthorizationType.USER, user));
        }
        jenkins.jenkins.setAuthorizationStrategy(matrix);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new GlobalQueueItemAuthenticator(new TriggeringUsersAuthorizationStrategy()));
        team = jenkins.createProject(Folder.class, "team");
        allow(team, "ann", Item.READ);
        allow(team, "bob", Item.READ);
    }

    private static void allow(Folder folder, String user, Permission... permissions) throws Exception {
        var property = folder.getProperties()
                .get(com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty.class);
        if (property == null) {
            property = new com.cloudbees.hudson.plugins.folder.properties.AuthorizationMatrixProperty(Map.of());
            folder.addProperty(property);
        }
        for (Permission permission : permissions) {
            property.add(permission, new PermissionEntry(AuthorizationType.USER, user));
        }
        folder.save();
    }

    private static AuthorizationMatrixProperty allow(Job<?, ?> job, String user, Permission... permissions)
            throws Exception {
        AuthorizationMatrixProperty property = job.getProperty(AuthorizationMatrixProperty.class);
        if (property == null) {
            property = new AuthorizationMatrixProperty(Map.of());
            job.addProperty(property);
        }
        for (Permission permission : permissions) {
            property.add(permission, new PermissionEntry(AuthorizationType.USER, user));
        }
        job.save();
        return property;
    }

    private PromiseWorker worker(String name) throws Exception {
        PromiseWorker job = team.createProject(PromiseWorker.class, name);
        job.removeProperty(PromiseContract.class);
        job.addProperty(PromiseFixture.contract());
        job.getBuildersList().replace(new WorkerScript("true"));
        return job;
    }

    private WorkflowJob orchestration(String script, ContractInput... inputs) throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, "quote");
        job.setDefinition(new PromiseScript(script));
        job.addProperty(PromiseFixture.contract(inputs));
        allow(job, "ann", Item.READ, Item.BUILD);
        allow(job, "bob", Item.READ, Item.BUILD);
        return job;
    }

    private String submitted(String user) throws Exception {
        return Json.mapper()
                .readTree(fixture.post("promises/submit/team/quote", "", fixture.user(user))
                        .body())
                .path("id")
                .asText();
    }

    private JsonNode run(String user) throws Exception {
        JsonNode settled = fixture.settled(submitted(user), fixture.user("admin"));
        jenkins.waitUntilNoActivity();
        return settled;
    }

    @Test
    public void anOrchestrationFindsTheWorkerBesideItAndTheOneAPathLeadsToAndEachActsForWhoAsked() throws Exception {
        fixture.worker("work", "exit 1");
        PromiseWorker above = fixture.worker("above", "true");
        orchestration("phase('one') { worker job: 'work'\n worker job: '../above', as: 'above' }\n"
                + "phase('two') { worker job: 'team/work', as: 'again' }");
        PromiseWorker work = worker("work");
        for (PromiseWorker called : List.of(work, above)) {
            allow(called, "ann", Item.READ, Item.BUILD);
        }
        JsonNode settled = run("ann");
        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
        assertThat(settled.path("phases").path(0).path("workers"))
                .extracting(w -> w.path("version").asText())
                .containsExactly("team/work", "above");
        assertThat(work.getBuilds()).hasSize(2);
        assertThat(ACTED).containsExactly("ann", "ann", "ann");
    }

    @Test
    public void whoMayNotBuildAWorkerIsToldAndWhoMayIsNot() throws Exception {
        orchestration("phase('one') { worker job: 'work' }");
        PromiseWorker work = worker("work");
        allow(work, "ann", Item.READ);
        allow(work, "bob", Item.READ, Item.BUILD);
        assertThat(run("ann").path("reason").asText()).contains("ann is missing the permission Job/Build on work");
        assertThat(work.getBuilds()).isEmpty();
        JsonNode settled = run("bob");
        assertThat(settled.path("state").asText()).as(settled.toString()).isEqualTo("FULFILLED");
        assertThat(ACTED).containsExactly("bob");
    }

    @Test
    public void aWorkerThatMayOnlyBeDiscoveredFailsTheStepAndOneThatMayNotIsUnknown() throws Exception {
        orchestration("phase('one') { worker job: 'work' }");
        PromiseWorker work = worker("work");
        // Else it would be allowed what its folder allows.
        allow(work, "bob", Item.DISCOVER).setInheritanceStrategy(new NonInheritingStrategy());
        assertThat(run("bob").path("reason").asText()).contains("bob is missing the permission Job/Read on work");
        assertThat(run("ann").path("reason").asText())
                .contains("nothing was started: there is no promise job 'work'")
                .doesNotContain("did you mean");
        assertThat(work.getBuilds()).isEmpty();
    }

    @Test
    public void aDeadlineStopsTheBuildsOfASecuredController() throws Exception {
        WorkflowJob job = orchestration("sleep 300");
        job.getProperty(PromiseContract.class).setDeadline("3s");
        job.save();
        String id = submitted("ann");
        assertThat(fixture.settled(id, fixture.user("admin")).path("reason").asText())
                .contains("the deadline of 3 s passed");
        Run<?, ?> run = job.getLastBuild();
        Eventually.until("the build is stopped", Duration.ofSeconds(30), () -> !run.isBuilding());
        jenkins.assertBuildStatus(Result.ABORTED, run);
    }

    /** Takes note of who a worker's build acts for. */
    @TestExtension
    public static final class WhoActs extends RunListener<PromiseWorkerBuild> {
        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public Environment setUpEnvironment(AbstractBuild build, Launcher launcher, BuildListener listener) {
            // What Jenkins calls on the build's own thread, and not as itself.
            ACTED.add(Jenkins.getAuthentication2().getName());
            return new Environment() {};
        }
    }
}
