package io.jenkins.plugins.promise.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.Test;

/** What Jenkins finds of the plugin by itself. One that vanishes, or does nothing any more, breaks no other test here. */
public class ExtensionsTest {
    private static final String PACKAGE = "io.jenkins.plugins.promise.jenkins.";
    private static final List<String> EXTENSIONS = List.of(
            "cli.PromiseSubmitCommand",
            "cli.PromiseStatusCommand",
            "cli.PromiseRollbackCommand",
            "cli.PromiseRedeliverCommand",
            "cli.PromisePruneCommand",
            "cli.PromiseListCommand",
            "cli.PromiseDeployCommand",
            "cli.PromiseCancelCommand",
            "queue.ContractEnforcer",
            "job.ContractInput$DescriptorImpl",
            "job.DeployedOrchestration$DescriptorImpl",
            "queue.ExecutorWatch",
            "steps.InputsVariable",
            "steps.environment.ApprovalStep$DescriptorImpl",
            "steps.environment.CandidateStep$DescriptorImpl",
            "steps.environment.EnvironmentStep$DescriptorImpl",
            "steps.environment.EnvironmentWorkStep$DescriptorImpl",
            "steps.environment.IntegrateVariable",
            "steps.environment.ManifestStep$DescriptorImpl",
            "steps.environment.ReleaseVariable",
            "steps.environment.WorkScript$Allowlist",
            "JenkinsController",
            "web.page.JobPromisesAction$Factory",
            "steps.OrchestrationGuard",
            "steps.PhaseStep$DescriptorImpl",
            "steps.PhaseVariable",
            "steps.PhaseVariable$Allowlist",
            "config.ProducedFilesConfiguration",
            "config.PromiseConfiguration",
            "job.PromiseContract$DescriptorImpl",
            "web.PromiseCrumbExclusion",
            "web.BuildByToken",
            "build.PromiseEnvironment",
            "PromiseHousekeeping",
            "job.PromiseItemListener",
            "config.PromiseMonitor",
            "job.PromiseOrchestration$DescriptorImpl",
            "queue.PromiseQueueListener",
            "build.PromiseRunListener",
            "job.PromiseScript$DescriptorImpl",
            "queue.PromiseTaskDispatcher",
            "job.PromiseWorker$DescriptorImpl",
            "web.PromisesRootAction",
            "job.RenamedJobs",
            "build.ReportPublisher$DescriptorImpl",
            "steps.ReportStep$DescriptorImpl",
            "steps.ReportVariable",
            "build.SecretMask$Factory",
            "build.SecretMask$Filter",
            "config.SharedLedger$DescriptorImpl",
            "suite.SuiteFolder$DescriptorImpl",
            "config.WatchConfiguration",
            "build.WorkerScript$DescriptorImpl",
            "steps.WorkerStep$DescriptorImpl",
            "steps.WorkerVariable");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.promise.jenkins");

    private static List<String> indexed() throws IOException {
        List<String> indexed = new ArrayList<>();
        for (URL index : Collections.list(
                ExtensionsTest.class.getClassLoader().getResources("META-INF/annotations/hudson.Extension.txt"))) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
                lines.lines()
                        .map(line -> line.replaceFirst("[({].*", "").trim())
                        .filter(line -> line.startsWith(PACKAGE))
                        .forEach(line -> indexed.add(line.substring(PACKAGE.length())));
            }
        }
        return indexed;
    }

    @Test
    public void allAreThereAndNoOther() throws IOException {
        assertThat(indexed()).containsExactlyInAnyOrderElementsOf(EXTENSIONS);
    }

    @Test
    public void eachDoesSomethingInAllThatItDoes() {
        for (String name : EXTENSIONS) {
            JavaClass extension = classes.get(PACKAGE + name);
            assertThat(extension.getMethods()).as(name).isNotEmpty();
            assertThat(extension.getMethods().stream()
                            .filter(m -> m.getRawReturnType().getName().equals("void"))
                            .filter(m -> m.getAccessesFromSelf().isEmpty())
                            .map(JavaMethod::getName))
                    .as("empty methods of " + name)
                    .isEmpty();
            assertThat(extension.getMethods())
                    .as("methods of " + name + " that do more than to return a constant")
                    .anyMatch(m -> !m.getAccessesFromSelf().isEmpty());
        }
    }
}
