package io.jenkins.plugins.promise.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.BooleanParameterDefinition;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.promise.jenkins.build.ReportPublisher;
import io.jenkins.plugins.promise.jenkins.build.WorkerScript;
import io.jenkins.plugins.promise.jenkins.job.ContractInput;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import io.jenkins.plugins.promise.jenkins.job.PromiseScript;
import io.jenkins.plugins.promise.jenkins.job.PromiseWorker;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The job types, their forms, and the contract on them. */
public final class NewItemTest {
    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Item create(String mode, String name) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("newJob");
        assertThat(page.asXml()).contains("createItem");
        new PromiseFixture(jenkins)
                .post("createItem?name=" + name + "&mode=" + mode, "", new PromiseFixture(jenkins).user("admin"));
        return jenkins.jenkins.getItem(name);
    }

    @Test
    public void newItemMakesAnOrchestration() throws Exception {
        Item item = create("io.jenkins.plugins.promise.jenkins.job.PromiseOrchestration", "quote");
        assertThat(item).isInstanceOf(WorkflowJob.class);
        WorkflowJob job = (WorkflowJob) item;
        assertThat(job.getDefinition()).isInstanceOf(PromiseScript.class);
        assertThat(((PromiseScript) job.getDefinition()).getScript()).contains("phase('inspect')");
        assertThat(job.getProperty(PromiseContract.class)).isNotNull();
    }

    @Test
    public void newItemMakesAWorker() throws Exception {
        Item item = create("io.jenkins.plugins.promise.jenkins.job.PromiseWorker", "measure");
        assertThat(item).isInstanceOf(PromiseWorker.class);
        PromiseWorker job = (PromiseWorker) item;
        assertThat(job.getBuildersList().get(WorkerScript.class)).isNotNull();
        assertThat(job.getPublishersList().get(ReportPublisher.class)).isNotNull();
    }

    @Test
    public void formKeepsWhatAnOrchestrationIs() throws Exception {
        ContractInput material = PromiseFixture.input("MATERIAL", "choice", false);
        material.setChoices("pla\nnylon");
        material.setDefaultValue("nylon");
        ContractInput commit = PromiseFixture.input("COMMIT", "string", true);
        commit.setPattern("[0-9a-f]+");
        commit.setAbout("which one");
        ContractInput callback = PromiseFixture.input("REPORT", "callback", true);
        callback.setReceives("report");
        WorkflowJob job = new PromiseFixture(jenkins).orchestration("quote", "echo 'a'\n", material, commit, callback);
        job.getProperty(PromiseContract.class).setDeadline("30m");
        job.getProperty(PromiseContract.class).setOutputs("{\"type\": \"object\"}");
        jenkins.configRoundtrip(job);
        PromiseContract after = job.getProperty(PromiseContract.class);
        assertThat(after.getDeadline()).isEqualTo("30m");
        assertThat(after.getOutputs()).contains("object");
        assertThat(Secret.toString(after.getToken())).isEqualTo(PromiseFixture.TOKEN);
        assertThat(after.getInputs()).hasSize(3);
        jenkins.assertEqualDataBoundBeans(material, after.getInputs().get(0));
        jenkins.assertEqualDataBoundBeans(commit, after.getInputs().get(1));
        assertThat(after.getInputs().get(2).getReceives()).isEqualTo("report");
        assertThat(((PromiseScript) job.getDefinition()).getScript().strip()).isEqualTo("echo 'a'");
    }

    @Test
    public void formKeepsWhatAWorkerIs() throws Exception {
        PromiseWorker job = new PromiseFixture(jenkins)
                .worker("measure", "echo $SOURCE", PromiseFixture.input("SOURCE", "uri", true));
        ReportPublisher publisher = job.getPublishersList().get(ReportPublisher.class);
        publisher.setFile("out/report.json");
        jenkins.configRoundtrip(job);
        assertThat(job.getBuildersList().get(WorkerScript.class).getScript().strip())
                .isEqualTo("echo $SOURCE");
        assertThat(job.getPublishersList().get(ReportPublisher.class).getFile()).isEqualTo("out/report.json");
        assertThat(job.getProperty(PromiseContract.class).getInputs().get(0).getType())
                .isEqualTo("uri");
    }

    @Test
    public void inputsAreTheBuildParametersAlsoAfterALoad() throws Exception {
        ContractInput choice = PromiseFixture.input("C", "choice", false);
        choice.setChoices("a\nb");
        WorkflowJob job = new PromiseFixture(jenkins)
                .orchestration(
                        "quote",
                        "",
                        PromiseFixture.input("S", "string", true),
                        PromiseFixture.input("B", "boolean", false),
                        PromiseFixture.input("P", "secret", false),
                        choice);
        job.save();
        jenkins.jenkins.reload();
        WorkflowJob loaded = jenkins.jenkins.getItemByFullName("quote", WorkflowJob.class);
        ParametersDefinitionProperty parameters = loaded.getProperty(ParametersDefinitionProperty.class);
        assertThat(parameters.getParameterDefinition("S")).isInstanceOf(StringParameterDefinition.class);
        assertThat(parameters.getParameterDefinition("B")).isInstanceOf(BooleanParameterDefinition.class);
        assertThat(parameters.getParameterDefinition("P")).isInstanceOf(PasswordParameterDefinition.class);
        assertThat(((ChoiceParameterDefinition) parameters.getParameterDefinition("C")).getChoices())
                .isEqualTo(List.of("", "a", "b"));
    }

    @Test
    public void jenkinsfileGivesItsJobAContract() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition(
                "properties([promiseContract(deadline: '10m', inputs: [[name: 'SOURCE', type: 'uri', required: true]])])",
                true));
        jenkins.buildAndAssertSuccess(job);
        PromiseContract contract = job.getProperty(PromiseContract.class);
        assertThat(contract.getDeadline()).isEqualTo("10m");
        assertThat(contract.getInputs().get(0).isRequired()).isTrue();
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames())
                .containsExactly("SOURCE");
    }

    @Test
    public void badInputIsRefusedInTheFormWithItsName() throws Exception {
        WorkflowJob job =
                new PromiseFixture(jenkins).orchestration("quote", "", PromiseFixture.input("SOURCE", "string", false));
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = client.getPage(job, "configure").getFormByName("config");
        form.getInputByValue("SOURCE").setValue("1 wrong");
        HtmlPage answer = jenkins.submit(form);
        assertThat(answer.asNormalizedText()).contains("1 wrong").contains("letters, digits and _");
        assertThat(job.getProperty(PromiseContract.class).getInputs().get(0).getName())
                .isEqualTo("SOURCE");
    }
}
