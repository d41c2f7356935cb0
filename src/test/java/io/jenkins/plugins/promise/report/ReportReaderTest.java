package io.jenkins.plugins.promise.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.OutputsSchema;
import io.jenkins.plugins.promise.contract.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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

    private static OutputsSchema schema(String json) throws IOException {
        return OutputsSchema.of(Json.mapper().readTree(json));
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
        assertThat(read("{\"a\": 1, \"a\": 2}", GOOD).reason())
                .isEqualTo("report.json is not JSON: line 1, column 13: a name is given twice in one object");
        assertThat(read("{} {}", GOOD).reason())
                .isEqualTo("report.json is refused: line 1: there is more after the JSON value");
        assertThat(read("[1]", BAD).reason()).isEqualTo("report.json must be a JSON object (exit code 3)");
        assertThat(read("{\"reason\": \"" + "x".repeat(1_000) + "\"}", GOOD).reason())
                .isEqualTo("report.json is larger than 1000 bytes");
        assertThat(read(new byte[] {'{', '\n', '"', (byte) 0xe4, '"', '}'}, GOOD)
                        .reason())
                .isEqualTo("report.json is not UTF-8: byte 3 (line 2)");
        assertThat(read("{\"status\": \"OK\"}", GOOD).reason())
                .isEqualTo("report.json has a status that is neither \"SUCCESS\" nor \"FAILURE\"");
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

    private Outcome link(Path target, boolean hard) throws IOException {
        Path workspace = folder.newFolder().toPath();
        if (hard) {
            Files.createLink(workspace.resolve("report.json"), target);
        } else {
            Files.createSymbolicLink(workspace.resolve("report.json"), target);
        }
        return reader.read(workspace, GOOD);
    }

    @Test
    public void aLinkToSomebodyElsesFileIsNotFollowed() throws IOException {
        Path token = folder.newFile().toPath();
        Files.writeString(token, "{\"reason\": \"the operator's token\"}");

        assertThat(link(token, false).reason()).isEqualTo("report.json is a symbolic link; it must be a regular file");
        assertThat(link(Path.of("../nothing"), false).status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(link(token, true).reason())
                .isEqualTo("report.json has a second name (a hard link); it must be a file of its own");
    }

    @Test
    public void aWorkspaceThatBecameALinkIsNotFollowed() throws IOException {
        Path elsewhere = folder.newFolder().toPath();
        Files.writeString(elsewhere.resolve("report.json"), "{\"reason\": \"the operator's token\"}");
        Path workspace = folder.getRoot().toPath().resolve("workspace");
        Files.createSymbolicLink(workspace, elsewhere);

        assertThat(reader.read(workspace, GOOD).reason())
                .isEqualTo("report.json cannot be read: the workspace is no folder any more");
    }

    @Test(timeout = 10_000)
    public void aPipeOrADeviceDoesNotHoldTheReader() throws IOException, InterruptedException {
        Path workspace = folder.newFolder().toPath();
        Process pipe =
                new ProcessBuilder("mkfifo", workspace.resolve("report.json").toString()).start();
        assertThat(pipe.waitFor()).isZero();

        assertThat(reader.read(workspace, GOOD).reason()).isEqualTo("report.json is not a regular file");
        assertThat(link(Path.of("/dev/zero"), false).status()).isEqualTo(ReportStatus.FAILURE);
    }

    @Test
    public void theReasonOfABrokenFileQuotesNothingOfIt() throws IOException {
        for (String broken : List.of(
                "s3cret",
                "s3cret: token",
                "\"s3cret",
                "{\"s3cret\": }",
                "{\"s3cret\": 1, \"s3cret\": 2}",
                "{\"status\": \"s3cret\"}",
                "{\"status\": {\"s3cret\": 1}}",
                "{} s3cret",
                "{\"a\": s3cret}",
                "{\"a\": \"\\s3cret\"}",
                "{\"s3cret\": \"\\ud800\"}")) {
            Outcome outcome = read(broken, GOOD);
            assertThat(outcome.status()).as(broken).isEqualTo(ReportStatus.FAILURE);
            assertThat(outcome.reason())
                    .startsWith("report.json ")
                    .doesNotContain("s3c")
                    .doesNotContain("ecret");
        }
        assertThat(read("{\n\"a\":\n tru}", GOOD).reason())
                .isEqualTo("report.json is not JSON: line 3, column 5: what stands there is not JSON");
        assertThat(read("{\n\"a\":", GOOD).reason())
                .isEqualTo("report.json is not JSON: line 2, column 5: it ends too early");
    }

    @Test
    public void textThatCannotBeStoredUnchangedIsRefused() throws IOException {
        assertThat(read("{\n\"data\": \"\\ud83d\"}", GOOD).reason())
                .isEqualTo(
                        "report.json is refused: line 2: a text holds half of a surrogate pair, which is no character");
        assertThat(read("{\"data\": {\"\\udc00\": 1}}", GOOD).reason())
                .isEqualTo(
                        "report.json is refused: line 1: a name holds half of a surrogate pair, which is no character");
        assertThat(read("{\"data\": [\"a\\u0000b\"]}", GOOD).reason())
                .isEqualTo("report.json is refused: line 1: a text holds a NUL character (U+0000)");
        assertThat(read("{\"log\": {\"tail\": [\"\\u0000\"]}}", GOOD).status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(read("\uFEFF{}", GOOD).reason())
                .isEqualTo("report.json begins with a byte order mark (U+FEFF): write it without one");
        assertThat(read("{\"data\": \"\\ud83d\\ude00 \ud83d\ude00\"}", GOOD)
                        .data()
                        .asText())
                .isEqualTo("\ud83d\ude00 \ud83d\ude00");
    }

    @Test
    public void numbersThatNobodyCanWriteOutAreRefused() throws IOException {
        assertThat(read("{\"data\": 1e999999999}", GOOD).reason())
                .isEqualTo("report.json is refused: line 1: a number has an exponent of more than 3 digits");
        assertThat(read("{\"data\": NaN}", GOOD).status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(read("{\"data\": [1e-300, 2E+30, 1.50]}", GOOD).data().toString())
                .isEqualTo("[1E-300,2E+30,1.50]");
    }

    @Test
    public void deepDataAreAFailureByName() throws IOException {
        Outcome taken = read("{\"data\": " + "[".repeat(100) + "]".repeat(100) + "}", GOOD);
        assertThat(taken.status()).isEqualTo(ReportStatus.SUCCESS);
        assertThat(taken.checkedAgainst(null)).isEqualTo(taken);

        Outcome deep = read("{\"data\": " + "[".repeat(101) + "]".repeat(101) + "}", GOOD);
        assertThat(deep.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(deep.reason()).isEqualTo("report.json is refused: line 1: it is nested deeper than 101 levels");
    }

    @Test
    public void deepDataOfAnOrchestrationAreAFailureByName() {
        JsonNode data = Json.mapper().createArrayNode();
        for (int i = 0; i < 100_000; i++) {
            data = Json.mapper().createArrayNode().add(data);
        }

        Outcome checked = Outcome.success("fine", data).checkedAgainst(null);

        assertThat(checked.status()).isEqualTo(ReportStatus.FAILURE);
        assertThat(checked.reason()).isEqualTo("the report's data are nested deeper than 100 levels");
        assertThat(checked.data()).isNull();
    }

    @Test
    public void aNullInDataStays() throws IOException {
        assertThat(read("{\"data\": {\"a\": null, \"b\": [null]}}", GOOD).data().toString())
                .isEqualTo("{\"a\":null,\"b\":[null]}");
        assertThat(Json.mapper()
                        .valueToTree(Collections.singletonMap("a", null))
                        .toString())
                .isEqualTo("{\"a\":null}");
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
        OutputsSchema outputs =
                schema("{\"type\": \"object\", \"required\": [\"v\"], \"properties\": {\"v\": {\"type\": \"number\"},"
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
        OutputsSchema outputs = schema("{\"$ref\": \"http://127.0.0.1:1/schema.json\"}");

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
