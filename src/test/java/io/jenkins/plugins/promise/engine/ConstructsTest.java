package io.jenkins.plugins.promise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.engine.Constructs.Construct;
import io.jenkins.plugins.promise.engine.compiler.ScriptErrors;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** Each construct gives the value that it says, or is refused with words and a line: never another value in silence. */
@RunWith(Parameterized.class)
public class ConstructsTest {
    private static final Pattern SANDBOX = Pattern.compile("Scripts not permitted to use [\\w.$\\[\\] ]*[\\w\\]]");

    private final Construct construct;

    public ConstructsTest(Construct construct) {
        this.construct = construct;
    }

    @Parameterized.Parameters(name = "{0}")
    public static List<Construct> constructs() {
        return Constructs.all();
    }

    @Test
    public void meansWhatItSays() {
        JsonNode row = construct.row();
        RecordingHost host;
        try {
            host = RecordingHost.run(construct.script());
        } catch (ScriptErrors e) {
            assertThat(construct.refused()).as(e.getMessage()).isTrue();
            assertThat(e.getMessage())
                    .startsWith(place(row))
                    .contains(row.path("refused").asText());
            return;
        }
        List<WorkerCall> calls = new ArrayList<>();
        host.phases.forEach(phase -> calls.addAll(phase.calls()));
        host.toTheEnd();

        if (construct.refused()) {
            assertThat(host.outcome.status()).as("%s", host.outcome).isEqualTo(ReportStatus.FAILURE);
            assertThat(host.outcome.reason())
                    .startsWith(place(row))
                    .contains(row.path("refused").asText());
            return;
        }
        assertThat(host.outcome.status()).as(host.outcome.reason()).isEqualTo(ReportStatus.SUCCESS);
        JsonNode data = host.outcome.data();
        assertThat(row.path("is").equals(Constructs::compared, data))
                .as("%s instead of %s", data, row.path("is"))
                .isTrue();
        if (row.has("reason")) {
            assertThat(host.outcome.reason()).isEqualTo(row.path("reason").asText());
        }
        if (row.has("printed")) {
            assertThat(host.printed).isEqualTo(texts(row.path("printed")));
        }
        row.path("inputs").fields().forEachRemaining(input -> assertThat(
                        calls.get(0).inputs())
                .containsEntry(input.getKey(), input.getValue().asText()));
    }

    /** What works here works on Jenkins with the same value, and what is refused is refused, or the table says why not. */
    @Test
    public void meansTheSameOnJenkins() {
        JsonNode row = construct.row();
        if (row.has("jenkins")) {
            return;
        }
        construct.onJenkins().ifPresent(answer -> {
            if (construct.refused()) {
                assertThat(answer.path("status").asText()).as("%s", answer).isEqualTo("FAILURE");
                return;
            }
            assertThat(answer.path("status").asText()).as("%s", answer).isEqualTo("SUCCESS");
            assertThat(row.path("is").equals(Constructs::compared, answer.path("data")))
                    .as("%s", answer)
                    .isTrue();
        });
    }

    /** What the sandbox of Jenkins refuses is refused here with the same words, or the table says in which others. */
    @Test
    public void isRefusedInTheWordsOfTheSandboxOfJenkins() {
        if (!construct.refused()) {
            return;
        }
        construct.onJenkins().ifPresent(answer -> {
            String here = sandboxed(said());
            String there = sandboxed(answer.path("said").asText());
            assertThat(here.equals(there))
                    .as("here %s, there %s", here, there)
                    .isEqualTo(!construct.row().has("words"));
        });
    }

    /** Why it is refused here. */
    private String said() {
        try {
            RecordingHost host = RecordingHost.run(construct.script());
            return host.toTheEnd().reason();
        } catch (ScriptErrors e) {
            return e.getMessage();
        }
    }

    /** What of a reason the sandbox says; empty for nothing. */
    private static String sandboxed(String reason) {
        Matcher words = SANDBOX.matcher(reason);
        return words.find() ? words.group() : "";
    }

    private static String place(JsonNode row) {
        return "jobs/a/a.groovy line " + row.path("line").asInt() + ": ";
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
