package io.jenkins.plugins.promise.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.Test;

public class InputsDecoderTest {
    private final InputsDecoder decoder = new InputsDecoder();

    private GivenInputs form(String text) throws MalformedInputs {
        return decoder.form(text.getBytes(StandardCharsets.UTF_8));
    }

    private GivenInputs json(String text) throws MalformedInputs {
        return decoder.json(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void readsForms() throws MalformedInputs {
        assertThat(form("A=1&B=a+b%20%C3%A4&C=&D&&E=x%3D%26").values())
                .containsEntry("A", "1")
                .containsEntry("B", "a b ä")
                .containsEntry("C", "")
                .containsEntry("D", "")
                .containsEntry("E", "x=&")
                .hasSize(5);
        assertThat(form("").values()).isEmpty();
    }

    @Test
    public void refusesBrokenForms() {
        assertThatThrownBy(() -> form("A=%zz")).hasMessageContaining("bad percent-encoding at byte 2");
        assertThatThrownBy(() -> form("A=%4")).hasMessageContaining("bad percent-encoding");
        assertThatThrownBy(() -> form("A=%")).hasMessageContaining("bad percent-encoding");
        assertThatThrownBy(() -> form("A=%FF")).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> form("A=%C0%80")).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> decoder.form(new byte[] {'A', '=', (byte) 0xe4}))
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> {
                    StringBuilder many = new StringBuilder();
                    for (int i = 0; i < 1_001; i++) {
                        many.append("A").append(i).append("=1&");
                    }
                    form(many.toString());
                })
                .hasMessageContaining("more than 1000 inputs");
    }

    @Test
    public void readsWhatAServerHasDecoded() throws MalformedInputs {
        GivenInputs given = decoder.parameters(Map.of("A", new String[] {"1"}, "B", new String[] {"x", "y"}));
        assertThat(given.values()).containsEntry("A", "1");
        assertThat(given.problems()).extracting(Violation::toString).containsExactly("B is given more than once");
    }

    @Test
    public void tellsDuplicates() throws MalformedInputs {
        assertThat(form("A=1&A=2&A=3").problems())
                .extracting(Violation::toString)
                .containsExactly("A is given more than once");
        assertThat(json("{\"A\": 1, \"A\": null}").problems())
                .extracting(Violation::toString)
                .containsExactly("A is given more than once");
    }

    @Test
    public void readsJson() throws MalformedInputs {
        GivenInputs given =
                json("{\"A\": \"x\", \"B\": 1.50, \"C\": true, \"D\": null, \"E\": {\"f\": [1]}, \"F\": []}");

        assertThat(given.values())
                .containsEntry("A", "x")
                .containsEntry("B", "1.50")
                .containsEntry("C", "true");
        assertThat(given.values()).doesNotContainKey("D");
        assertThat(given.problems()).extracting(Violation::field).containsExactly("E", "F");
    }

    @Test
    public void refusesBrokenJson() {
        assertThatThrownBy(() -> json("")).hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> json("[1]")).hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> json("{\"A\": ")).hasMessageContaining("broken JSON: line 1");
        assertThatThrownBy(() -> json("{\"A\": 1}}")).hasMessageContaining("broken JSON");
        assertThatThrownBy(() -> json("{\"A\": 1} 2")).hasMessageContaining("more after the JSON object");
        assertThatThrownBy(() -> json("{\"A\": " + "[".repeat(100_000)))
                .hasMessageContaining("its nesting is too deep");
        assertThatThrownBy(() -> decoder.json(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    public void whatNoDatabaseTakesIsRefusedByName() throws MalformedInputs {
        Contract contract =
                Contract.of(Input.optional("A", InputType.STRING).asRequired(), Input.optional("B", InputType.STRING));

        GivenInputs given = json("{\"A\": \"x\\ud800\", \"B\": \"x\\u0000y\"}");

        assertThat(given.values()).isEmpty();
        assertThat(contract.check(given).violations())
                .extracting(Violation::toString)
                .containsExactly(
                        "A holds half of a surrogate pair, which is no character", "B holds a NUL character (U+0000)");
        assertThat(form("B=a%00").problems())
                .extracting(Violation::toString)
                .containsExactly("B holds a NUL character (U+0000)");
        assertThatThrownBy(() -> json("{\"\\udfff\": 1}"))
                .isInstanceOf(MalformedInputs.class)
                .hasMessageContaining("the name of an input holds half of a surrogate pair");
        assertThatThrownBy(() -> json("\uFEFF{}")).hasMessageContaining("begins with a byte order mark");
        assertThatThrownBy(() -> decoder.json(
                        new byte[] {'{', '"', 'A', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'}))
                .hasMessageContaining("is not UTF-8: byte 6 (line 1)");
    }

    @Test
    public void theAnswerToBrokenJsonQuotesNothingOfIt() {
        assertThatThrownBy(() -> json("{\"PASSWORD\": hunter2}"))
                .hasMessage("broken JSON: line 1, column 21: what stands there is not JSON");
    }
}
