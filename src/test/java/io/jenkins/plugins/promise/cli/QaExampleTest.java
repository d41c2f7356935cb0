package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

/** What {@code examples/qa} shows is right; {@link QaStory} runs it. */
public class QaExampleTest {
    @Test
    public void farmsAreRight() {
        for (String farm : List.of("production", "qa")) {
            Told told = Told.by(List.of("farm", "check", "examples/qa/" + farm + ".yaml"));
            assertThat(told.exit()).as(told.out() + told.err()).isZero();
        }
    }

    @Test
    public void theirSuiteIsRehearsedWhole() {
        Told told = Told.by(List.of("rehearse", "examples/qa/suite"));
        assertThat(told.exit()).as(told.out() + told.err()).isZero();
        assertThat(told.out()).contains("covered: 24 of 24 lines, 4 of 4 branches");
    }
}
