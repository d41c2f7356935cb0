package io.jenkins.plugins.promise.signatures;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compares the signatures with the real classes: each class, method, constructor and field that {@code src/signatures}
 * declares must be in the real jars, with the same modifiers, types and exceptions. What the real ones have beyond that is
 * no difference, and private constructors are none either: they only keep a signature from being made.
 *
 * <p>Run by {@code mvn -B -ntp -Psignatures verify -DskipTests -Djars=A.jar:FOLDER}.
 */
public final class SignatureComparison {
    private static final int MODIFIERS = Modifier.PUBLIC
            | Modifier.PROTECTED
            | Modifier.STATIC
            | Modifier.FINAL
            | Modifier.ABSTRACT
            | Modifier.INTERFACE;

    private final ClassLoader real;
    private final List<String> differences = new ArrayList<>();
    private int members;

    private SignatureComparison(ClassLoader real) {
        this.real = real;
    }

    /** Compares; the exit code is 1 if anything differs. */
    public static void main(String[] arguments) throws IOException {
        Path sources = Path.of("src/signatures/java");
        Path classes = Files.createTempDirectory("signatures");
        List<String> names = compile(sources, classes);
        URL[] jars = jars(arguments[0]);
        try (URLClassLoader declared = loader(List.of(classes.toUri().toURL()));
                URLClassLoader real = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            SignatureComparison comparison = new SignatureComparison(real);
            for (String name : names) {
                comparison.compare(name, declared);
            }
            comparison.differences.forEach(System.out::println);
            System.out.println(names.size() + " classes with " + comparison.members + " members in " + jars.length
                    + " jars: " + comparison.differences.size() + " differences");
            System.exit(comparison.differences.isEmpty() ? 0 : 1);
        }
    }

    private static URLClassLoader loader(List<URL> first) {
        return new URLClassLoader(first.toArray(URL[]::new), SignatureComparison.class.getClassLoader());
    }

    private static URL[] jars(String given) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String one : given.split(File.pathSeparator, -1)) {
            Path path = Path.of(one);
            try (Stream<Path> found = Files.walk(path)) {
                for (Path jar : found.filter(p -> p.toString().endsWith(".jar")).toList()) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Compiles the signatures; returns the binary names of their classes. */
    private static List<String> compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<File> all = found.filter(p -> p.toString().endsWith(".java"))
                    .map(Path::toFile)
                    .toList();
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromFiles(all))
                    .call()) {
                throw new IOException("the signatures do not compile");
            }
        }
        try (Stream<Path> found = Files.walk(classes)) {
            return found.filter(p -> p.toString().endsWith(".class"))
                    .map(p -> classes.relativize(p).toString())
                    .map(p -> p.substring(0, p.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private void compare(String name, ClassLoader declared) {
        try {
            Class<?> ours = Class.forName(name, false, declared);
            Class<?> theirs = Class.forName(name, false, real);
            compare(ours, theirs);
        } catch (ClassNotFoundException | LinkageError e) {
            differences.add(name + ": is not there, or cannot be loaded: " + e);
        }
    }

    private void compare(Class<?> ours, Class<?> theirs) {
        String name = ours.getName();
        int ignored = ours.isEnum() || ours.isInterface() ? Modifier.FINAL | Modifier.ABSTRACT : 0;
        same(
                name,
                "modifiers",
                Modifier.toString(ours.getModifiers() & MODIFIERS & ~ignored),
                Modifier.toString(theirs.getModifiers() & MODIFIERS & ~ignored));
        same(name, "superclass", text(ours.getGenericSuperclass()), text(theirs.getGenericSuperclass()));
        same(name, "type parameters", bounds(ours), bounds(theirs));
        Set<String> theirInterfaces = new TreeSet<>();
        Arrays.stream(theirs.getGenericInterfaces()).map(Type::getTypeName).forEach(theirInterfaces::add);
        for (Type type : ours.getGenericInterfaces()) {
            if (!theirInterfaces.contains(type.getTypeName())) {
                differences.add(name + ": does not implement " + type.getTypeName());
            }
        }
        if (ours.isAnnotation()) {
            same(name, "retention", annotation(ours, Retention.class), annotation(theirs, Retention.class));
            same(name, "target", annotation(ours, Target.class), annotation(theirs, Target.class));
        }
        for (Method method : ours.getDeclaredMethods()) {
            if (!Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic() && !ofEnum(ours, method)) {
                compare(name, method, find(theirs, method));
            }
        }
        for (Constructor<?> constructor : ours.getDeclaredConstructors()) {
            if (!Modifier.isPrivate(constructor.getModifiers()) && !constructor.isSynthetic() && !ours.isEnum()) {
                compare(name, constructor, find(theirs, constructor));
            }
        }
        for (Field field : ours.getDeclaredFields()) {
            if (!Modifier.isPrivate(field.getModifiers()) && !field.isSynthetic()) {
                compare(name, field, theirs);
            }
        }
    }

    private static boolean ofEnum(Class<?> type, Method method) {
        return type.isEnum() && List.of("values", "valueOf").contains(method.getName());
    }

    private static String bounds(Class<?> type) {
        return Arrays.stream(type.getTypeParameters())
                .map(v -> v.getName() + " extends "
                        + Arrays.stream(v.getBounds()).map(Type::getTypeName).collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(", "));
    }

    private static String annotation(
            AnnotatedElement element, Class<? extends java.lang.annotation.Annotation> annotation) {
        return String.valueOf(element.getAnnotation(annotation));
    }

    private static Executable find(Class<?> theirs, Executable ours) {
        Stream<? extends Executable> all = ours instanceof Method
                ? Arrays.stream(theirs.getDeclaredMethods())
                : Arrays.stream(theirs.getDeclaredConstructors());
        return all.filter(e -> e instanceof Constructor || e.getName().equals(ours.getName()))
                .filter(e -> erased(e).equals(erased(ours)))
                .filter(e -> !(e instanceof Method m) || !m.isBridge())
                .findFirst()
                .orElse(null);
    }

    private static String erased(Executable executable) {
        return Arrays.stream(executable.getParameterTypes()).map(Class::getName).collect(Collectors.joining(","));
    }

    private void compare(String type, Executable ours, Executable theirs) {
        members++;
        String name = type + "." + ours.getName() + "(" + erased(ours) + ")";
        if (theirs == null) {
            differences.add(name + ": is not there");
            return;
        }
        same(
                name,
                "modifiers",
                Modifier.toString(ours.getModifiers() & MODIFIERS),
                Modifier.toString(theirs.getModifiers() & MODIFIERS));
        same(name, "parameters", texts(ours.getGenericParameterTypes()), texts(theirs.getGenericParameterTypes()));
        same(name, "exceptions", texts(ours.getGenericExceptionTypes()), texts(theirs.getGenericExceptionTypes()));
        same(name, "variable arguments", ours.isVarArgs(), theirs.isVarArgs());
        if (ours instanceof Method one && theirs instanceof Method other) {
            same(name, "type", text(one.getGenericReturnType()), text(other.getGenericReturnType()));
            same(name, "default", told(one.getDefaultValue()), told(other.getDefaultValue()));
        }
    }

    private static String told(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }

    private void compare(String type, Field ours, Class<?> theirs) {
        members++;
        String name = type + "." + ours.getName();
        try {
            Field field = theirs.getDeclaredField(ours.getName());
            same(
                    name,
                    "modifiers",
                    Modifier.toString(ours.getModifiers() & MODIFIERS),
                    Modifier.toString(field.getModifiers() & MODIFIERS));
            same(name, "type", text(ours.getGenericType()), text(field.getGenericType()));
        } catch (NoSuchFieldException e) {
            differences.add(name + ": is not there");
        }
    }

    private void same(String name, String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            differences.add(name + ": " + what + " declared " + ours + ", really " + theirs);
        }
    }

    private static String text(Type type) {
        return type == null ? "" : type.getTypeName();
    }

    private static String texts(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }
}
