package io.jenkins.plugins.promise.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReportReaderTest {
    private static final BuildResult GOOD = new BuildResult(true, "exit code 0");
    private static final BuildResult BAD = new BuildResult(false, "exit code 3");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final ReportReader reader = new ReportReader(1_000);

    private Outcome read(byte[] content, BuildResult result) throws IOException {
        Path workspace = folder.newFolder().toPath();
        Files.write(workspace.resolve("report.json"), content);
        return reader.read(workspace, result);
    }

    private Outcome read(String content, BuildResult result) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), result);
    }

    @Test
    public void readsAReport() throws IOException {
        Outcome outcome = read(
                "{\"status\": \"SUCCESS\", \"reason\": \"fine\", \"data\": {\"price\": 12.40, \"big\": 12345678901234567890},"
                        + " \"log\": {\"url\": \"http://x\", \"tail\": [\"a\"], \"truncated\": true}, \"extra\": 1}",
                GOOD);

        assertThat(outcome.status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(outcome.reason()).isEqualTo("fine");
        assertThat(outcome.data().toString()).isEqualTo("{\"price\":12.40,\"big\":12345678901234567890}");
        assertThat(outcome.log()).isEqualTo(new ReportLog("http://x", List.of("a"), true));
    }

    @Test
    public void followsTheBuildWhereThereIsNoFile() {
        Outcome good = reader.read(folder.getRoot().toPath(), GOOD);
        Outcome bad = reader.read(folder.getRoot().toPath(), BAD);

        assertThat(good.status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(good.reason()).isEqualTo("exit code 0, no report.json");
        assertThat(bad.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(bad.reason()).isEqualTo("exit code 3, no report.json");
    }

    @Test
    public void failsOnWhatCannotBeRead() throws IOException {
        assertThat(read("", GOOD).reason()).isEqualTo("report.json is empty");
        assertThat(read(" \n ", GOOD).reason()).isEqualTo("report.json is empty");
        assertThat(read("{\n\"status\": oops}", GOOD).reason())
                .startsWith("report.json is not JSON: line 2, column 15");
        assertThat(read("{\"a\": 1, \"a\": 2}", GOOD).reason()).contains("Duplicate field 'a'");
        assertThat(read("{} {}", GOOD).reason()).startsWith("report.json is not JSON: line 1");
        assertThat(read("[1]", BAD).reason()).isEqualTo("report.json must be a JSON object (exit code 3)");
        assertThat(read("{\"reason\": \"" + "x".repeat(1_000) + "\"}", GOOD).reason())
                .isEqualTo("report.json is larger than 1000 bytes");
        assertThat(read(new byte[] {'{', '\n', '"', (byte) 0xe4, '"', '}'}, GOOD)
                        .reason())
                .isEqualTo("report.json is not UTF-8: byte 3 (line 2)");
        assertThat(read("{\"status\": \"OK\"}", GOOD).reason())
                .isEqualTo("report.json has status \"OK\"; it must be \"SUCCESS\" or \"FAILURE\"");
        assertThat(read("{\"reason\": 5}", GOOD).reason()).isEqualTo("report.json has a reason that is not text");
        assertThat(read("{\"log\": \"x\"}", GOOD).reason()).startsWith("report.json has a log that is not an object");
        assertThat(read("[".repeat(900), GOOD).status()).isEqualTo(ReportStatus.FAILURE);
        for (String broken : List.of("", "[1]", "{\"status\": 1}")) {
            assertThat(read(broken, GOOD).status()).isEqualTo(ReportStatus.FAILURE);
        }
    }

    @Test
    public void failsOnAFolder() throws IOException {
        Path workspace = folder.newFolder().toPath();
        Files.createDirectory(workspace.resolve("report.json"));

        assertThat(reader.read(workspace, GOOD).reason()).isEqualTo("report.json is not a regular file");
    }

    @Test
    public void doesNotBelieveASuccessOfAFailedBuild() throws IOException {
        Outcome outcome = read("{\"status\": \"SUCCESS\", \"reason\": \"fine\", \"data\": {\"a\": 1}}", BAD);

        assertThat(outcome.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(outcome.reason()).isEqualTo("exit code 3 after reporting SUCCESS: fine");
        assertThat(outcome.data().path("a").asInt()).isEqualTo(1);
    }

    @Test
    public void checksSuccessesAgainstTheOutputsOfTheContract() throws IOException {
        JsonNode outputs = Json.mapper()
                .readTree(
                        "{\"type\": \"object\", \"required\": [\"v\"], \"properties\": {\"v\": {\"type\": \"number\"},"
                                + " \"l\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}}");

        Outcome wrong =
                read("{\"data\": {\"v\": \"x\", \"l\": [\"a\", 1]}}", GOOD).checkedAgainst(outputs);
        assertThat(wrong.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(wrong.reason()).contains("data.v").contains("data.l[1]");
        assertThat(read("{}", GOOD).checkedAgainst(outputs).reason()).contains("data is missing");
        assertThat(read("{\"data\": {\"v\": 1}}", GOOD).checkedAgainst(outputs).status())
                .isEqualTo(ReportStatus.SUCCESS);
        assertThat(read("{\"status\": \"FAILURE\", \"reason\": \"no\"}", GOOD)
                        .checkedAgainst(outputs)
                        .reason())
                .isEqualTo("no");
    }

    @Test
    public void fetchesNothingForASchema() throws IOException {
        JsonNode outputs = Json.mapper().readTree("{\"$ref\": \"http://127.0.0.1:1/schema.json\"}");

        Outcome outcome = read("{\"data\": {\"v\": 1}}", GOOD).checkedAgainst(outputs);

        assertThat(outcome.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(outcome.reason()).contains("not a usable JSON Schema");
    }

    @Test
    public void masksSecretsWhereverTheyHide() throws IOException {
        Masker masker = new Masker(List.of("s3cr/t", "s3cr/t-longer", "", "42424242"));
        Outcome outcome = new Outcome(
                ReportStatus.SUCCESS,
                "used s3cr/t-longer",
                Json.mapper().readTree("{\"a s3cr/t\": [\"x s3cr%2Ft\", \"czNjci90\", 42424242, 7]}"),
                new ReportLog("http://h/?k=s3cr%2Ft", List.of("token s3cr/t!"), false));

        Outcome masked = masker.mask(outcome);

        assertThat(masked.reason()).isEqualTo("used ****");
        assertThat(masked.data().toString()).isEqualTo("{\"a ****\":[\"x ****\",\"****\",\"****\",7]}");
        assertThat(masked.log()).isEqualTo(new ReportLog("http://h/?k=****", List.of("token ****!"), false));
    }
}
