package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets people write a file's path where a job wants a URI. */
public final class FileInputs {
    private FileInputs() {}

    /** The inputs with each path for an input of type uri made a {@code file:} URI, seen from that folder. */
    public static Map<String, String> resolve(Contract contract, Map<String, String> inputs, Path folder) {
        Map<String, String> resolved = new LinkedHashMap<>();
        inputs.forEach((name, value) ->
                resolved.put(name, uri(contract, name) && isPath(value, folder) ? uri(folder.resolve(value)) : value));
        return resolved;
    }

    /** Whether a value for an input of type uri is a path, and nothing is there. */
    public static boolean missing(Contract contract, String name, String value) {
        Path here = Path.of("");
        return uri(contract, name) && isPath(value, here) && !Files.exists(here.resolve(value));
    }

    private static boolean uri(Contract contract, String name) {
        Input input = contract.input(name);
        return input != null && input.type() == InputType.URI;
    }

    private static boolean isPath(String value, Path folder) {
        if (value.isEmpty() || value.indexOf('\0') >= 0) {
            return false;
        }
        return !value.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") || Files.exists(folder.resolve(value));
    }

    /** As {@link Path#toUri}, but the same for what is not there yet or is a folder. */
    public static String uri(Path path) {
        String text = path.toAbsolutePath().normalize().toUri().toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
