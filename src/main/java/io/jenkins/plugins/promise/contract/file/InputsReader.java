package io.jenkins.plugins.promise.contract.file;

import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.contract.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the declared inputs of a job file. */
final class InputsReader {
    private InputsReader() {}

    /** Reads them; what is wrong goes to the mapping's findings. */
    static List<Input> read(YamlMapping yaml) {
        List<Input> inputs = new ArrayList<>();
        for (String name : yaml.keys()) {
            YamlMapping one = yaml.mapping(name);
            InputType type = InputType.STRING;
            String typeText = one.text("type");
            if (typeText != null) {
                Optional<InputType> known = InputType.of(typeText);
                if (known.isEmpty()) {
                    one.error(
                            "type",
                            "'" + typeText + "' is no input type" + Nearest.hint(typeText, InputType.keywords())
                                    + "; known are " + String.join(", ", InputType.keywords()));
                    typeText = null;
                }
                type = known.orElse(InputType.STRING);
            }
            String receivesText = one.text("receives");
            Optional<Receives> receives = Optional.ofNullable(receivesText).flatMap(Receives::of);
            if (receivesText != null && receives.isEmpty()) {
                one.error("receives", "must be report or registration");
            }
            Input input = new Input(
                    name,
                    type,
                    one.flag("required", false),
                    one.text("default"),
                    one.text("pattern"),
                    one.texts("choices"),
                    receives.orElse(null),
                    one.text("about"));
            one.refuseOthers();
            boolean told = (one.has("type") && typeText == null) || (receivesText != null && receives.isEmpty());
            if (!told) {
                input.problems().forEach(p -> {
                    if (p.field().isEmpty()) {
                        yaml.error(name, p.message());
                    } else {
                        one.error(p.field(), p.message());
                    }
                });
            }
            inputs.add(input);
        }
        yaml.refuseOthers();
        return inputs;
    }
}
