package io.jenkins.plugins.promise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.cli.terminal.Bar;
import io.jenkins.plugins.promise.cli.terminal.SentFile;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.testing.Eventually;
import io.jenkins.plugins.promise.testing.Receiver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who looks at a terminal sees how far something is; nobody else sees anything of it. */
public class BarTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ERASE = "\r\u001b[K";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final StringWriter err = new StringWriter();

    private String shown() {
        return err.toString();
    }

    private Bar bar(boolean terminal, Duration soon) {
        return new Bar(new PrintWriter(err), "drive", terminal, soon);
    }

    @Test
    public void aTerminalIsShownHowFarItIsAndThenNothingOfItAnyMore() throws Exception {
        try (Bar bar = bar(true, Duration.ZERO)) {
            bar.at(30, 100);
            bar.now("delivered 30");
            Eventually.until("it is drawn", PATIENCE, () -> shown().contains("30/100"));
            assertThat(shown()).contains(ERASE + "drive", "30%", "delivered 30");
            bar.above().println("a worker has failed");
            Eventually.until("it is drawn again", PATIENCE, () -> !shown().endsWith("failed\n"));
        }
        assertThat(shown()).contains(ERASE + "a worker has failed\n").endsWith(ERASE);
    }

    @Test
    public void whatIsDoneWithinASecondHasNoBar() {
        try (Bar bar = bar(true, Duration.ofDays(1))) {
            bar.at(1, 2);
            bar.above().println("done");
        }
        assertThat(shown()).isEqualTo("done\n");
    }

    @Test
    public void whereNoTerminalIsOnlyLinesThatStayArePrinted() {
        try (Bar bar = bar(false, Duration.ZERO)) {
            bar.at(1, 2);
            bar.now("nobody sees this");
            bar.above().print("a line ");
            bar.above().println("in two parts");
            bar.above().print("and half a one");
        }
        assertThat(shown()).isEqualTo("a line in two parts\nand half a one\n");
    }

    @Test
    public void theWorkersOfAPromiseAreCountedAsTheyEnd() throws Exception {
        try (Progress progress = new Progress(bar(true, Duration.ZERO))) {
            progress.show(Json.mapper()
                    .readTree("{\"state\": \"RUNNING\", \"version\": \"say-v1-1234567\", \"phases\": [{\"name\":"
                            + " \"talk\", \"number\": 0, \"workers\": [{\"name\": \"first\", \"status\":"
                            + " \"SUCCESS\", \"seconds\": 1, \"reason\": \"fine\"}, {\"name\": \"second\"}]}]}"));
            Eventually.until("it is drawn", PATIENCE, () -> shown().contains("1/2"));
        }
        assertThat(shown()).contains("50%", " second", "  ✓ first");
    }

    @Test
    public void whatIsSentIsCountedInBytes() throws Exception {
        Path file = folder.newFile().toPath();
        Files.write(file, new byte[100_000]);
        try (Receiver receiver = new Receiver();
                Bar bar = bar(true, Duration.ZERO)) {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(receiver.url("/ok")))
                                    .POST(new SentFile(file, bar))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            Eventually.until("it is drawn", PATIENCE, () -> shown().contains("100000/100000"));
            assertThat(shown()).contains("the controller answers");
        }
    }
}
