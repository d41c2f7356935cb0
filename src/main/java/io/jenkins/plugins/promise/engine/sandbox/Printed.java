package io.jenkins.plugins.promise.engine.sandbox;

import com.google.common.collect.Iterables;
import java.util.Arrays;
import java.util.Set;

/** What a script prints: the line that {@code println}, {@code print} or {@code printf} was given. */
final class Printed {
    private static final Set<String> PRINTS = Set.of("println", "print", "printf");

    private Printed() {}

    /** Whether a call of that name with so many arguments prints. */
    static boolean is(String method, int arguments) {
        return PRINTS.contains(method) && (arguments == 1 || arguments == 0 || method.equals("printf"));
    }

    /** The line. */
    static String line(String method, Object... arguments) {
        if (arguments.length == 0) {
            return "";
        }
        if (method.equals("printf")) {
            Object[] values = arguments.length == 2 && arguments[1] instanceof Iterable<?> list
                    ? Iterables.toArray(list, Object.class)
                    : Arrays.copyOfRange(arguments, 1, arguments.length);
            return String.format(String.valueOf(arguments[0]), values);
        }
        return String.valueOf(arguments[0]);
    }
}
