package io.jenkins.plugins.promise.engine.sandbox;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import groovy.lang.GroovyClassLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a script may use: its own classes, and what {@code allowed.txt} names. */
final class Allowed {
    private static final String NEW = "new";
    private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
    /** Every class that Groovy compiles has these. */
    private static final Set<String> OF_GROOVY =
            Set.of("getMetaClass", "setMetaClass", "invokeMethod", "getProperty", "setProperty");
    /** What the list in the class path says. */
    static final Allowed LIST = read();

    /** The names of the members of each type. */
    private final Map<String, Set<String>> types = new HashMap<>();

    private final ClassValue<Set<String>> members = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
            Set<String> names = new HashSet<>();
            collect(type, names);
            return names;
        }
    };

    private Allowed() {}

    private static Allowed read() {
        Allowed allowed = new Allowed();
        try (InputStream in = Allowed.class.getResourceAsStream("allowed.txt")) {
            Set<String> latest = Set.of();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith(" ")) {
                    latest.addAll(WORDS.splitToList(line));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    List<String> parts = Splitter.on(": ").splitToList(line);
                    latest = new HashSet<>(WORDS.splitToList(parts.size() > 1 ? parts.get(1) : ""));
                    for (String type : WORDS.split(parts.get(0))) {
                        allowed.types.put(type, latest);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return allowed;
    }

    /** Whether a method of a type may be called with so many arguments, its own or one that Groovy adds. */
    boolean method(Class<?> type, String name, int arguments) {
        Set<String> names = members.get(type);
        return names.contains(name) || names.contains(name + "/" + arguments);
    }

    /** Whether there may be a new one. */
    boolean construct(Class<?> type) {
        return ofScript(type) || types.getOrDefault(type.getName(), Set.of()).contains(NEW);
    }

    /** Whether a value may be converted to it. */
    boolean convert(Class<?> type) {
        return type.isArray() ? convert(type.getComponentType()) : type.isPrimitive() || named(type);
    }

    /** Whether its constants may be read. */
    boolean named(Class<?> type) {
        return ofScript(type) || types.containsKey(type.getName());
    }

    /** Whether a value may be converted to what has that name; arrays are not asked for. */
    boolean named(String type) {
        return types.containsKey(type);
    }

    /** Whether Groovy compiled it from the script. */
    static boolean ofScript(Class<?> type) {
        return type.getClassLoader() instanceof GroovyClassLoader.InnerLoader;
    }

    private void collect(Class<?> type, Set<String> names) {
        names.addAll(types.getOrDefault(type.getName(), Set.of()));
        if (ofScript(type)) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.getName().contains("$")
                        && !OF_GROOVY.contains(method.getName())
                        && !Modifier.isAbstract(method.getModifiers())) {
                    names.add(method.getName());
                }
            }
        }
        if (type.isArray()) {
            // To Groovy an array is a list.
            collect(List.class, names);
        }
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, names);
        }
        collectParent(type, names);
    }

    private void collectParent(Class<?> type, Set<String> names) {
        if (type.getSuperclass() != null) {
            collect(type.getSuperclass(), names);
        } else if (type != Object.class) {
            collect(Object.class, names);
        }
    }
}
