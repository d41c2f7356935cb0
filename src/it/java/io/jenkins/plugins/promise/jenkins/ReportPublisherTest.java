package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.promise.jenkins.build.BuildPromiseAction;
import io.jenkins.plugins.promise.jenkins.build.ReportPublisher;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What settles a promise, in jobs of any type. */
public final class ReportPublisherTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Promise freestyle(String script, Result result) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(PromiseFixture.contract());
        job.getBuildersList().add(new Shell(script));
        job.getPublishersList().add(new ReportPublisher());
        job.setAssignedNode(jenkins.createOnlineSlave());
        FreeStyleBuild build = jenkins.buildAndAssertStatus(result, job);
        return PromiseFixture.controller()
                .promises()
                .find(build.getAction(BuildPromiseAction.class).getPromise());
    }

    @Test
    public void fileOnTheAgentSettles() throws Exception {
        Promise promise =
                freestyle("echo '{\"reason\": \"found\", \"data\": {\"a\": 1}}' > report.json", Result.SUCCESS);
        assertThat(PromiseFixture.reason(promise.id())).isEqualTo("found");
        assertThat(PromiseFixture.controller()
                        .promises()
                        .report(promise.id())
                        .orElseThrow()
                        .data()
                        .path("a")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    public void linkOnTheAgentIsNotFollowed() throws Exception {
        String secret = "echo '{\"reason\": \"s3cret\"}' > ../token.json; ";
        for (String link : List.of(
                "ln -s ../token.json report.json",
                "ln -s /etc/passwd report.json",
                "ln ../token.json report.json",
                "ln -s nothing report.json",
                "mkfifo report.json",
                "mkdir report.json")) {
            Promise promise = freestyle(secret + link, Result.SUCCESS);
            assertThat(promise.state().name()).as(link).isEqualTo("REJECTED");
            assertThat(PromiseFixture.reason(promise.id()))
                    .as(link)
                    .startsWith("report.json ")
                    .containsAnyOf("link", "not a regular file")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    public void ofAFileThatIsTooLargeOnlySoMuchIsReadThatItIsKnown() throws Exception {
        Promise promise = freestyle("truncate -s 20G report.json", Result.SUCCESS);
        assertThat(PromiseFixture.reason(promise.id())).contains("is larger than 1048576 bytes");
    }

    @Test
    public void fileOutsideTheWorkspaceIsNotRead() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.addProperty(PromiseFixture.contract());
        job.setDefinition(new CpsFlowDefinition("node { publishReport(file: '/etc/hostname') }", true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertThat(PromiseFixture.reason(run.getAction(BuildPromiseAction.class).getPromise()))
                .contains("its path leads out of the workspace");
    }

    @Test
    public void withoutAFileTheResultDecides() throws Exception {
        assertThat(freestyle("exit 0", Result.SUCCESS).state().name()).isEqualTo("FULFILLED");
        assertThat(freestyle("exit 3", Result.FAILURE).state().name()).isEqualTo("REJECTED");
    }

    @Test
    public void brokenFileIsAFailureWithItsLine() throws Exception {
        Promise promise = freestyle("printf '{\\n\"a\": }' > report.json", Result.SUCCESS);
        assertThat(promise.state().name()).isEqualTo("REJECTED");
        assertThat(PromiseFixture.reason(promise.id())).contains("report.json is not JSON: line 2");
    }

    @Test
    public void successThatWasReportedDoesNotOutliveAFailure() throws Exception {
        Promise promise =
                freestyle("echo '{\"status\": \"SUCCESS\", \"reason\": \"x\"}' > report.json; exit 1", Result.FAILURE);
        assertThat(promise.state().name()).isEqualTo("REJECTED");
        assertThat(PromiseFixture.reason(promise.id())).contains("after reporting SUCCESS");
    }

    @Test
    public void worksAsAPipelineStepAndKeepsTheFile() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.addProperty(PromiseFixture.contract());
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'out.json', text: '{\"reason\": \"from a node\"}'\n publishReport(file: 'out.json') }",
                true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertThat(PromiseFixture.reason(run.getAction(BuildPromiseAction.class).getPromise()))
                .isEqualTo("from a node");
        assertThat(Files.readString(run.getRootDir().toPath().resolve("report.json")))
                .contains("from a node");
    }
}
