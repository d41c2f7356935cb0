package io.jenkins.plugins.promise.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.promise.contract.CheckedInputs;
import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.InputsDecoder;
import io.jenkins.plugins.promise.contract.MalformedInputs;
import java.nio.charset.StandardCharsets;

/** The body of a submission, as a form and as JSON: inputs, or {@link MalformedInputs}. */
public final class InputsTarget {
    private static final InputsDecoder DECODER = new InputsDecoder();
    private static final Contract CONTRACT = Contract.of(
            Input.optional("A", InputType.STRING),
            Input.optional("N", InputType.INTEGER),
            Input.optional("X", InputType.NUMBER),
            Input.optional("U", InputType.CALLBACK).asRequired());

    private InputsTarget() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            check(DECODER.form(data));
        } catch (MalformedInputs e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
        try {
            check(DECODER.json(data));
        } catch (MalformedInputs e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static void check(GivenInputs given) {
        CheckedInputs checked = CONTRACT.check(given);
        given.values().forEach((name, value) -> {
            storable(name);
            storable(value);
        });
        checked.strings().values().forEach(InputsTarget::storable);
    }

    private static void storable(String text) {
        assertThat(text).doesNotContain("\0");
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }
}
