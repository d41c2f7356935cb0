package io.jenkins.plugins.promise.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One declared input.
 *
 * @param name an environment variable's name: letters, digits and underscores, no digit first
 * @param type what its value must be
 * @param required whether a submission must give it
 * @param defaultValue what it is when a submission does not give it; null for nothing
 * @param pattern an RE2 regular expression that the whole value must match; null for any
 * @param choices what a {@link InputType#CHOICE} may be; empty for the other types
 * @param receives what a {@link InputType#CALLBACK} gets; null for the other types
 * @param about one line for people; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Input(
        String name,
        InputType type,
        boolean required,
        String defaultValue,
        String pattern,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> choices,
        Receives receives,
        String about) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Checks nothing: {@link #problems()} tells what is wrong with a declaration. */
    public Input {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        choices = choices == null ? new ArrayList<>() : new ArrayList<>(choices);
    }

    /** An input of that type which may be left out. */
    public static Input optional(String name, InputType type) {
        return new Input(
                name, type, false, null, null, null, type == InputType.CALLBACK ? Receives.REPORT : null, null);
    }

    /** The same, but it must be given. */
    public Input asRequired() {
        return new Input(name, type, true, defaultValue, pattern, choices, receives, about);
    }

    /** The same with a value for when none is given. */
    public Input withDefault(String value) {
        return new Input(name, type, required, value, pattern, choices, receives, about);
    }

    /** Whether this input's value must be shown nowhere. */
    public boolean secret() {
        return type == InputType.SECRET;
    }

    /** What is wrong with this declaration itself; each problem names the key it is about. */
    public List<Violation> problems() {
        List<Violation> found = new ArrayList<>();
        if (!NAME.matches(name)) {
            found.add(new Violation("", "an input's name must be letters, digits and _, with no digit first"));
        }
        if (Contract.RESERVED.contains(name)) {
            found.add(new Violation("", "'" + name + "' is taken by the submit URL; choose another name"));
        }
        if (pattern != null) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                found.add(new Violation("pattern", "is not an RE2 regular expression: " + e.getMessage()));
                return found;
            }
        }
        if (type == InputType.CHOICE && choices.isEmpty()) {
            found.add(new Violation("choices", "an input of type choice needs choices: [a, b]"));
        }
        if (type != InputType.CHOICE && !choices.isEmpty()) {
            found.add(new Violation("choices", "goes with type: choice only"));
        }
        if (type == InputType.CALLBACK && receives == null) {
            found.add(new Violation("receives", "a callback needs receives: report or receives: registration"));
        }
        if (type != InputType.CALLBACK && receives != null) {
            found.add(new Violation("receives", "goes with type: callback only"));
        }
        if (defaultValue != null) {
            if (secret()) {
                found.add(new Violation("default", "a secret must not stand in a job file"));
            } else if (found.isEmpty()) {
                read(defaultValue).problem().ifPresent(p -> found.add(new Violation("default", p)));
            }
        }
        return found;
    }

    /** Reads a value for this input: what it is, or what is wrong with it. */
    public Reading read(String raw) {
        Object value;
        try {
            value = type.parse(raw);
        } catch (IllegalArgumentException e) {
            return Reading.refused(e.getMessage());
        }
        if (type == InputType.CHOICE && !choices.contains(raw)) {
            return Reading.refused(
                    "must be one of " + String.join(", ", choices) + Nearest.hint(secret() ? "" : raw, choices));
        }
        if (pattern != null && !Pattern.matches(pattern, raw)) {
            return Reading.refused("must match " + pattern);
        }
        return Reading.of(value);
    }
}
