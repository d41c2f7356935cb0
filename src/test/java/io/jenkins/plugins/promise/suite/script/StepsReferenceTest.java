package io.jenkins.plugins.promise.suite.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.testing.ReferencePage;
import io.jenkins.plugins.promise.testing.ReferenceWords;
import java.util.TreeSet;
import org.junit.Test;

/** The steps of the reference are those that scripts are checked by. */
public class StepsReferenceTest {
    @Test
    public void eachStepIsThereWithItsArguments() throws Exception {
        assertThat(KnownSteps.names())
                .as("what every script is made of")
                .contains("phase", "worker", "report", "environment", "approval");
        ReferenceWords words = new ReferenceWords("steps");
        ReferencePage page = new ReferencePage(
                        "steps",
                        "Steps",
                        "What a script may call, on the local controller and on Jenkins; `promise check` knows the"
                                + " same. What Groovy itself may do: [groovy.md](../groovy.md).")
                .part("Steps and their arguments")
                .head("step", "argument", "");
        for (String step : new TreeSet<>(KnownSteps.names())) {
            page.row("`" + step + "`", "", words.of(step));
            KnownSteps.arguments(step)
                    .ifPresent(all -> all.forEach(a -> page.row("", "`" + a + ":`", words.of(step + " " + a))));
        }
        words.areAllTaken();
        page.isPublished();
    }
}
