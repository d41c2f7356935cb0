package io.jenkins.plugins.promise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.OutputsSchema;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.json.MalformedJson;
import io.jenkins.plugins.promise.contract.json.StrictJson;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Masker;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A worker's {@code report.json}: always an outcome, which can be checked, masked, written and read again. */
public final class ReportTarget {
    private static final BuildResult GOOD = new BuildResult(true, "exit code 0");
    private static final ReportReader READER = new ReportReader(ReportReader.DEFAULT_MAX_BYTES);
    private static final Masker MASKER = new Masker(List.of("s3cret", "42"));
    private static final OutputsSchema TREE = schema("{\"properties\": {\"a\": {\"type\": \"number\"}},"
            + " \"additionalProperties\": {\"$ref\": \"#\"}, \"items\": {\"$ref\": \"#\"}}");

    private static final StrictJson JSON = new StrictJson(101);
    private static final String MALFORMED = "is empty|is not UTF-8: byte \\d+ \\(line \\d+\\)"
            + "|begins with a byte order mark \\(U\\+FEFF\\): write it without one"
            + "|is not JSON: (line \\d+, column \\d+: )?(it ends too early|what stands there is not JSON"
            + "|its nesting is too deep|a name, number or text in it is too long|a name is given twice in one object)"
            + "|is refused: line \\d+: (there is more after the JSON value|it is nested deeper than 101 levels"
            + "|a (name|text) holds a NUL character \\(U\\+0000\\)"
            + "|a (name|text) holds half of a surrogate pair, which is no character"
            + "|a number has an exponent of more than 3 digits)";

    private ReportTarget() {}

    private static OutputsSchema schema(String json) {
        try {
            return OutputsSchema.of(Json.mapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Outcome outcome = READER.read(new ByteArrayInputStream(data), GOOD);
        try {
            JSON.tree(data);
        } catch (MalformedJson e) {
            assertThat(outcome.reason()).isEqualTo("report.json " + e.getMessage());
            assertThat(e.getMessage()).matches(MALFORMED);
        }
        Outcome masked = MASKER.mask(outcome.checkedAgainst(TREE));
        byte[] written = Json.mapper().writeValueAsBytes(masked);
        JsonNode read = Json.mapper().readTree(written);
        assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("s3cret");
        assertThat(read.path("reason").textValue()).isEqualTo(masked.reason());
        if (masked.data() != null) {
            assertThat(read.get("data").toString()).isEqualTo(masked.data().toString());
        }
    }
}
