package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.local.LocalController;
import io.jenkins.plugins.promise.testing.Controllers;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import io.jenkins.plugins.promise.testing.SuiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a person has to look after, as {@code promise list --needs-attention} tells it. */
public class ListCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Receiver receiver;
    private LocalController controller;

    @Before
    public void start() throws IOException {
        home = folder.newFolder().toPath();
        receiver = new Receiver();
        receiver.on("/gone", (exchange, count) -> exchange.sendResponseHeaders(410, -1));
        SuiteFolder suite = new SuiteFolder(folder.newFolder().toPath())
                .worker("good", "true", "inputs:", "  BACK: { type: callback, receives: report }")
                .worker("other", "true", "inputs:", "  BACK: { type: callback, receives: report }");
        controller = new Controllers(home).start(suite);
    }

    @After
    public void stop() {
        controller.close();
        receiver.close();
    }

    private Told list(String... arguments) {
        List<String> all = new ArrayList<>(List.of("list", "--home", home.toString()));
        all.addAll(List.of(arguments));
        return Told.by(all);
    }

    private String submit(String job, String path) throws IOException {
        Told told = Told.by(
                List.of("submit", job, "--home", home.toString(), "--wait", "-i", "BACK=" + receiver.url(path)));
        assertThat(told.exit()).as(told.err()).isZero();
        return Json.mapper().readTree(told.out()).at("/promise/id").asText();
    }

    private JsonNode attention() throws IOException {
        return Json.mapper().readTree(list("--needs-attention", "--json").out());
    }

    @Test
    public void whatIsStuckAndWhatWasGivenUpNeedsAttention() throws Exception {
        String well = submit("good", "/ok");
        assertThat(list("--needs-attention").out()).isEmpty();
        assertThat(list("--needs-attention").err()).isEqualTo("nothing needs attention\n");

        String fails = submit("good", "/nobody-is-here");
        String gone = submit("other", "/gone");
        Eventually.until(
                "both need somebody", PATIENCE, () -> attention().path("count").asInt() == 2);

        Told told = list("--needs-attention");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.lines())
                .hasSize(2)
                .satisfiesExactly(
                        l -> assertThat(l).startsWith(fails).contains("fulfilled"),
                        l -> assertThat(l).startsWith(gone).contains("(not delivered: 1)"));
        assertThat(told.err()).isEqualTo("2 need attention\n");
        assertThat(told.out()).doesNotContain(well);
        assertThat(list("--needs-attention", "--job", "other").lines())
                .singleElement()
                .asString()
                .startsWith(gone);
        assertThat(attention().at("/promises/0/stuck").asBoolean()).isTrue();
        assertThat(attention().at("/promises/1/stuck").asBoolean()).isFalse();

        for (List<String> more : List.of(
                List.of("--state", "open"), List.of("--after", well), List.of("--limit", "1"), List.of("a-word"))) {
            Told wrong = list(
                    Stream.concat(Stream.of("--needs-attention"), more.stream()).toArray(String[]::new));
            assertThat(wrong.exit()).as("%s", more).isEqualTo(2);
            assertThat(wrong.err())
                    .contains("--needs-attention is a list of its own")
                    .contains("--job");
        }
    }
}
