package io.jenkins.plugins.promise.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.engine.compiler.OrchestrationCompiler;
import io.jenkins.plugins.promise.suite.Suite;
import io.jenkins.plugins.promise.suite.SuiteReader;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A script that does not end ends its rehearsal, with the line at which it was. */
public class EndlessRehearsalTest {
    private static final OrchestrationCompiler COMPILER = new OrchestrationCompiler();
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final String TOO_LONG =
            ": the script ran for 0.3 s without waiting for a worker or a time; if it is not an"
                    + " endless loop, give it longer with --script-limit";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private String reason(String script) throws IOException {
        Path root = folder.newFolder().toPath();
        SuiteFolder suite = new SuiteFolder(root);
        suite.worker("w", "true");
        suite.orchestration("endless", script);
        Path file = root.resolve("rehearsals/endless/forever.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "state: REJECTED\n");
        Suite read = new SuiteReader(COMPILER).read(root);
        assertThat(read.errors()).isEmpty();
        Rehearsal rehearsal =
                new RehearsalReader(true).all(read, new ArrayList<>()).get(0);
        return new Rehearser(read, COMPILER, LIMIT).perform(rehearsal).outcome().reason();
    }

    @Test
    public void aLoopOfNothing() throws IOException {
        assertThat(reason("def n = 0\nwhile (true) { }")).isEqualTo("jobs/endless/run.groovy line 2" + TOO_LONG);
    }

    @Test
    public void aLoopOfStatements() throws IOException {
        // Which of them it is depends on how fast the first ones were.
        assertThat(reason("while (true) {\n  def n = 0\n  n++\n}"))
                .matches("jobs/endless/run\\.groovy line [1-3]: .*")
                .endsWith(TOO_LONG);
    }

    @Test
    public void aLoopThatCatchesEverything() throws IOException {
        assertThat(reason("while (true) {\n  try {\n    while (true) { }\n  } catch (Throwable t) {\n  }\n}"))
                .startsWith("jobs/endless/run.groovy line ")
                .endsWith(TOO_LONG);
    }

    @Test
    public void aLoopInAMethodThatIsNotTransformed() throws IOException {
        assertThat(reason("@NonCPS\ndef spin() {\n  while (true) { }\n}\nspin()"))
                .isEqualTo("jobs/endless/run.groovy line 3" + TOO_LONG);
    }
}
