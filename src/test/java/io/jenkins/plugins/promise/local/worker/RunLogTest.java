package io.jenkins.plugins.promise.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.ReportLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RunLogTest {
    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private ReportLog tail;

    private String copied(String output, String... secrets) throws IOException {
        Path file = folder.newFolder().toPath().resolve("log");
        try (RunLog log = new RunLog(file, new Masker(List.of(secrets)))) {
            log.copy(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8)));
            tail = log.tail("http://x/log");
        }
        return Files.readString(file);
    }

    @Test
    public void keepsLinesAsTheyWerePrinted() throws IOException {
        assertThat(copied("a\n\nü\nlast")).isEqualTo("a\n\nü\nlast\n");
        assertThat(tail).isEqualTo(new ReportLog("http://x/log", List.of("a", "", "ü", "last"), false));
    }

    @Test
    public void aSecretOverTheBorderOfAChunkIsMasked() throws IOException {
        for (int before : List.of(8_190, 65_530)) {
            String log = copied("x".repeat(before) + "s3cr3t\nrest\n", "s3cr3t");

            assertThat(log).doesNotContain("s3c").endsWith("\nrest\n");
            assertThat(log.lines().findFirst().orElseThrow()).startsWith("x".repeat(before) + "****");
        }
    }

    @Test
    public void aLineThatIsTooLongIsCutAndSaysSo() throws IOException {
        assertThat(copied("x".repeat(100_000) + "\nrest\n")).isEqualTo("x".repeat(65_536) + "…\nrest\n");
    }
}
