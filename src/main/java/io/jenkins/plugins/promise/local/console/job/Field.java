package io.jenkins.plugins.promise.local.console.job;

import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a job's form: one input of its contract.
 *
 * @param name the input's
 * @param control what it is typed into: one line, an area, a choice, a password or an address
 * @param mode what a phone's keyboard shows for it; null for all letters
 * @param required whether it must be given
 * @param hint what it is for and what it may be, for people; empty where there is nothing to say
 * @param choices what may be chosen
 * @param value what stands in it
 * @param problem what is wrong with that; null for nothing
 */
public record Field(
        String name,
        String control,
        String mode,
        boolean required,
        String hint,
        List<String> choices,
        String value,
        String problem) {

    /** Copies what it is given. */
    public Field {
        choices = new ArrayList<>(choices);
    }

    /**
     * The field of an input.
     *
     * @param given what was typed into it before; null for its default
     */
    static Field of(Input input, String given, List<Violation> violations) {
        String otherwise = input.defaultValue() == null ? "" : input.defaultValue();
        return new Field(
                input.name(),
                control(input.type()),
                mode(input.type()),
                input.required() && input.defaultValue() == null,
                hint(input),
                input.type() == InputType.BOOLEAN ? List.of("true", "false") : input.choices(),
                // What is secret is not sent back.
                input.secret() ? "" : given == null ? otherwise : given,
                violations.stream()
                        .filter(v -> v.field().equals(input.name()))
                        .map(Violation::message)
                        .findFirst()
                        .orElse(null));
    }

    /** Whether it holds one of its choices. */
    public boolean chosen(String choice) {
        return choice.equals(value);
    }

    /** Which elements tell more of it; null for none. */
    public String describedBy() {
        String told = (hint.isEmpty() ? "" : "hint-" + name) + (problem == null ? "" : " problem-" + name);
        return told.isEmpty() ? null : told.trim();
    }

    private static String control(InputType type) {
        return switch (type) {
            case TEXT -> "area";
            case BOOLEAN, CHOICE -> "choice";
            case SECRET -> "password";
            case CALLBACK -> "url";
            case STRING, INTEGER, NUMBER, URI, LABEL, NODE -> "text";
        };
    }

    private static String mode(InputType type) {
        return switch (type) {
            case INTEGER -> "numeric";
            case NUMBER -> "decimal";
            case URI, CALLBACK -> "url";
            default -> null;
        };
    }

    private static String hint(Input input) {
        List<String> told = new ArrayList<>();
        if (input.about() != null) {
            told.add(input.about());
        }
        told.add(
                input.receives() == null
                        ? input.type().keyword()
                        : "callback for the " + input.receives().keyword());
        if (input.pattern() != null) {
            told.add("must match " + input.pattern());
        }
        return String.join(" · ", told);
    }
}
