package io.jenkins.plugins.promise.suite.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whatever step there is: an argument that it has not, and one that is written wrong, is found in a suite. */
public class KnownStepsTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private List<String> findings(String line) throws Exception {
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath()).orchestration("a", line);
        return new SuiteReader(new OrchestrationCompiler())
                .read(suite.root()).errors().stream().map(Finding::toString).toList();
    }

    @Test
    public void anArgumentThatAStepHasNotIsFoundForEachStep() throws Exception {
        for (String step : KnownSteps.names()) {
            Optional<List<String>> arguments = KnownSteps.arguments(step);
            if (arguments.isEmpty()) {
                assertThat(step)
                        .as("those whose arguments are names of one's own")
                        .isIn("parallel", "integrate");
                continue;
            }
            assertThat(findings(step + " nonsense: 1"))
                    .as(step)
                    .anyMatch(f -> f.startsWith("jobs/a/run.groovy:1: " + step + ": has no argument 'nonsense'"));
            for (String argument : arguments.get()) {
                String wrong = argument + "x";
                if (!arguments.get().contains(wrong)) {
                    assertThat(findings(step + " " + wrong + ": 1"))
                            .as(step)
                            .anyMatch(f -> f.contains("has no argument '" + wrong + "'; did you mean '"));
                }
            }
        }
    }

    @Test
    public void aStepThatIsWrittenWrongIsFoundForEachStep() throws Exception {
        for (String step : KnownSteps.names()) {
            String wrong = step + "x";
            if (!KnownSteps.everywhere(wrong)) {
                assertThat(findings(wrong + "('a')"))
                        .as(step)
                        .anyMatch(f ->
                                f.startsWith("jobs/a/run.groovy:1: " + wrong + ": there is no step '" + wrong + "'"));
            }
        }
    }
}
