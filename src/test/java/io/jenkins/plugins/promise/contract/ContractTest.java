package io.jenkins.plugins.promise.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ContractTest {
    private static CheckedInputs check(Contract contract, String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return contract.check(GivenInputs.of(values));
    }

    private static String problem(InputType type, String value) {
        return Input.optional("X", type).read(value).problem().orElse("");
    }

    @Test
    public void tellsEveryViolationAtOnce() {
        Contract contract = Contract.of(
                Input.optional("COUNT", InputType.INTEGER).asRequired(),
                Input.optional("SIZE", InputType.NUMBER),
                Input.optional("NAME", InputType.STRING).asRequired());

        CheckedInputs checked = check(contract, "COUNT", "many", "SIZE", "1e", "NMAE", "x");

        assertThat(checked.violations())
                .extracting(Violation::toString)
                .containsExactlyInAnyOrder(
                        "NMAE is not an input of this job; did you mean 'NAME'?",
                        "COUNT must be a whole number such as 42",
                        "SIZE must be a number such as 12.5",
                        "NAME is required");
    }

    @Test
    public void givesScriptsTypedValues() {
        Contract contract = Contract.of(
                Input.optional("I", InputType.INTEGER),
                Input.optional("N", InputType.NUMBER),
                Input.optional("B", InputType.BOOLEAN),
                Input.optional("D", InputType.STRING).withDefault("master"),
                Input.optional("E", InputType.INTEGER));

        CheckedInputs checked = check(contract, "I", "-7", "N", "1.50", "B", "TRUE", "E", "");

        assertThat(checked.violations()).isEmpty();
        assertThat(checked.values())
                .containsEntry("I", -7L)
                .containsEntry("N", new BigDecimal("1.50"))
                .containsEntry("B", true)
                .containsEntry("D", "master")
                .doesNotContainKey("E");
        assertThat(checked.strings()).containsEntry("N", "1.50").containsEntry("B", "true");
    }

    @Test
    public void checksEachType() {
        assertThat(problem(InputType.STRING, "a\nb")).isEqualTo("must be a single line");
        assertThat(problem(InputType.TEXT, "a\nb")).isEmpty();
        assertThat(problem(InputType.TEXT, "a\0b")).isEqualTo("holds a NUL character (U+0000)");
        assertThat(problem(InputType.TEXT, "x".repeat(100_001))).isEqualTo("is longer than 100000 bytes");
        assertThat(problem(InputType.BOOLEAN, "yes")).isEqualTo("must be true or false");
        assertThat(problem(InputType.INTEGER, "9223372036854775807")).isEmpty();
        assertThat(problem(InputType.INTEGER, "9223372036854775808")).isEqualTo("must be between -2^63 and 2^63-1");
        assertThat(problem(InputType.INTEGER, "1.0")).isNotEmpty();
        assertThat(problem(InputType.NUMBER, "1e999999999")).isNotEmpty();
        assertThat(problem(InputType.NUMBER, "NaN")).isNotEmpty();
        assertThat(problem(InputType.URI, "s3://bucket/a%20b.stl")).isEmpty();
        assertThat(problem(InputType.URI, "part.stl")).contains("must be an absolute URI");
        assertThat(problem(InputType.URI, "http://a b")).contains("is not a URI");
        assertThat(problem(InputType.CALLBACK, "https://h.example/x?y=1")).isEmpty();
        assertThat(problem(InputType.CALLBACK, "ftp://h/x")).contains("must be an http or https URL");
        assertThat(problem(InputType.CALLBACK, "https:///x")).contains("must name a host");
        assertThat(problem(InputType.CALLBACK, "https://u:p@h/x")).contains("must not hold a user or password");
        assertThat(problem(InputType.CALLBACK, "https://h/x#y")).contains("must not hold a fragment");
        assertThat(problem(InputType.SECRET, "two\nlines")).isEqualTo("must be a single line");
        assertThat(problem(InputType.LABEL, " ")).isNotEmpty();
        assertThat(problem(InputType.LABEL, "linux && gpu")).isEmpty();
        assertThat(problem(InputType.NODE, "agent-3")).isEmpty();
        assertThat(problem(InputType.NODE, "a/b")).isNotEmpty();
        Input choice = new Input("C", InputType.CHOICE, false, null, null, List.of("red", "green"), null, null);
        assertThat(choice.read("gren").problem()).hasValue("must be one of red, green; did you mean 'green'?");
        assertThat(choice.read("red").value()).isEqualTo("red");
        Input pattern = new Input("P", InputType.STRING, false, null, "(a|aa)+", null, null, null);
        assertThat(pattern.read("aab").problem()).hasValue("must match (a|aa)+");
        assertThat(pattern.read("a".repeat(50_000) + "b").problem()).isPresent();
    }

    @Test
    public void tellsItselfAsJsonSchema() {
        Contract contract = new Contract(
                List.of(
                        Input.optional("N", InputType.INTEGER).asRequired(),
                        Input.optional("M", InputType.NUMBER).withDefault("1.5"),
                        new Input("C", InputType.CHOICE, false, null, null, List.of("a", "b"), null, "which"),
                        Input.optional("S", InputType.SECRET),
                        Input.optional("R", InputType.CALLBACK)),
                null,
                null,
                Keep.ALL);

        JsonNode schema = new ContractSchema().of(contract);

        assertThat(schema.at("/required").toString()).isEqualTo("[\"N\"]");
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.at("/properties/N/type").asText()).isEqualTo("integer");
        assertThat(schema.at("/properties/M/default").asDouble()).isEqualTo(1.5);
        assertThat(schema.at("/properties/C/enum").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(schema.at("/properties/C/description").asText()).isEqualTo("which");
        assertThat(schema.at("/properties/S/writeOnly").asBoolean()).isTrue();
        assertThat(schema.at("/properties/R/format").asText()).isEqualTo("uri");
        assertThat(schema.at("/properties/R/x-receives").asText()).isEqualTo("report");
    }

    private static List<String> problems(Contract contract) {
        return contract.problems().stream().map(Violation::toString).toList();
    }

    /** A bundle's contract was written by somebody else's program, which may have checked nothing. */
    @Test
    public void aContractFromElsewhereTellsEverythingThatIsWrongWithIt() throws JsonProcessingException {
        Contract contract = Json.mapper()
                .readValue(
                        """
                        {"inputs": [null, {"name": "A", "type": "STRING"}, {"name": "A", "type": "CHOICE"}],
                         "outputs": {"$ref": "#"}, "deadline": "PT-5M", "keep": {"days": -1, "builds": 2000000000},
                         "concurrency": 0, "attempts": 101}
                        """,
                        Contract.class);

        assertThat(problems(contract))
                .containsExactly(
                        "inputs must not hold null",
                        "inputs.A is declared twice",
                        "inputs.A.choices an input of type choice needs choices: [a, b]",
                        "outputs.$ref comes back to where it started without going down into the data; let it go"
                                + " through properties or items",
                        "deadline must be longer than no time at all",
                        "keep.days must be a whole number from 1 to 36500",
                        "keep.builds must be a whole number from 1 to 1000000",
                        "concurrency must be a whole number from 1 to 1000000",
                        "attempts must be a whole number from 1 to 100");
        assertThat(problems(new Contract(List.of(), null, Duration.ofDays(366), null)))
                .containsExactly("deadline must be at most 365d");
        assertThat(problems(new Contract(List.of(), null, Duration.ofDays(365), new Keep(1, 1), 1, 100, List.of())))
                .isEmpty();
    }

    @Test
    public void whatAContractDoesNotSayIsNotWritten() throws JsonProcessingException {
        String before = "{\"inputs\":[],\"keep\":{}}";
        Contract read = Json.mapper().readValue(before, Contract.class);

        assertThat(read).isEqualTo(Contract.of());
        assertThat(read.mostAttempts()).isEqualTo(3);
        assertThat(read.concurrency()).isNull();
        assertThat(Json.mapper().writeValueAsString(read)).isEqualTo(before);

        String full = "{\"inputs\":[],\"outputs\":{\"minimum\":1.50},\"deadline\":\"PT1M\",\"keep\":{},"
                + "\"concurrency\":4,\"attempts\":7}";
        Contract all = Json.mapper().readValue(full, Contract.class);
        assertThat(all.mostAttempts()).isEqualTo(7);
        assertThat(Json.mapper().writeValueAsString(all)).isEqualTo(full);
        assertThat(Json.mapper().readValue(full, Contract.class)).isEqualTo(all).hasSameHashCodeAs(all);
    }
}
