package io.jenkins.plugins.promise.engine.sandbox;

import com.google.common.primitives.Primitives;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of several methods or constructors of one name a call comes to, as the sandbox of Jenkins finds it. */
final class Overloads {
    private Overloads() {}

    /** The most specific one that takes these arguments; nothing if none does. */
    static <E extends Executable> Optional<E> mostSpecific(Stream<E> all, Object... arguments) {
        return all.filter(one -> takes(one.getParameterTypes(), arguments))
                .reduce((best, one) -> moreSpecific(one.getParameterTypes(), best.getParameterTypes()) ? one : best);
    }

    private static boolean takes(Class<?>[] parameters, Object... arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!takes(parameters[i], arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean takes(Class<?> parameter, Object argument) {
        if (argument == null) {
            return !parameter.isPrimitive();
        }
        return Primitives.wrap(parameter).isInstance(argument)
                || (parameter == long.class && argument instanceof Integer)
                || (parameter == String.class && argument instanceof CharSequence);
    }

    /** The first parameter that is of two types decides. */
    private static boolean moreSpecific(Class<?>[] one, Class<?>[] other) {
        for (int i = 0; i < one.length; i++) {
            Class<?> type = Primitives.wrap(one[i]);
            Class<?> otherType = Primitives.wrap(other[i]);
            if (type != otherType && otherType.isAssignableFrom(type)) {
                return true;
            }
            if (type != otherType && type.isAssignableFrom(otherType)) {
                return false;
            }
        }
        return Arrays.toString(one).compareTo(Arrays.toString(other)) > 0;
    }
}
