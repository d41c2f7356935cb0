package io.jenkins.plugins.promise.engine.sandbox;

import groovy.lang.MetaClass;
import groovy.lang.MetaMethod;
import groovy.lang.MissingMethodException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.reflection.CachedMethod;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.DefaultGroovyStaticMethods;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Names members as the sandbox of Jenkins names them. */
final class Signatures {
    private Signatures() {}

    /** The method that a call comes to; nothing if there is none of that name. */
    static Optional<String> method(Object receiver, String name, Object[] arguments) {
        MetaClass meta = InvokerHelper.getMetaClass(receiver);
        MetaMethod picked = picked(meta, name, arguments);
        return Optional.ofNullable(picked)
                .or(() -> first(meta.respondsTo(receiver, name)))
                .map(m -> of(m, with(receiver, arguments)));
    }

    /** The static method that a call comes to; nothing if there is none of that name. */
    static Optional<String> staticMethod(Class<?> type, String name, Object[] arguments) {
        MetaClass meta = InvokerHelper.getMetaClass(type);
        MetaMethod picked = meta.getStaticMetaMethod(name, arguments);
        return Optional.ofNullable(picked)
                .or(() -> Stream.concat(meta.getMethods().stream(), meta.getMetaMethods().stream())
                        .filter(m -> m.isStatic() && m.getName().equals(name))
                        .findFirst())
                .map(m -> of(m, with(type, arguments)));
    }

    /** The constructor that a call comes to. */
    static String constructor(Class<?> type, Object[] arguments) {
        return "new " + type.getName()
                + Overloads.mostSpecific(Arrays.stream(type.getDeclaredConstructors()), arguments)
                        .map(c -> told(c.getParameterTypes()))
                        .orElse("");
    }

    /** A call as it was tried: the type of the object, the name, and the types of the arguments. */
    static String call(Object receiver, String method, Object... arguments) {
        return receiver.getClass().getName() + " " + method
                + Arrays.stream(arguments)
                        .map(a -> a == null ? " null" : " " + a.getClass().getName())
                        .collect(Collectors.joining());
    }

    private static MetaMethod picked(MetaClass meta, String name, Object[] arguments) {
        try {
            return meta.getMetaMethod(name, arguments);
        } catch (MissingMethodException e) {
            return null;
        }
    }

    private static Optional<MetaMethod> first(List<MetaMethod> methods) {
        return methods.stream().findFirst();
    }

    private static Object[] with(Object receiver, Object... arguments) {
        return Stream.concat(Stream.of(receiver), Arrays.stream(arguments)).toArray();
    }

    private static String of(MetaMethod method, Object... selfAndArguments) {
        if (method instanceof CachedMethod cached) {
            Method declared = cached.getCachedMethod();
            return told(Modifier.isStatic(declared.getModifiers()), declared);
        }
        Class<?>[] parameters = Stream.concat(
                        Stream.of(method.getDeclaringClass().getTheClass()),
                        Arrays.stream(method.getNativeParameterTypes()))
                .toArray(Class<?>[]::new);
        return Stream.concat(
                        Arrays.stream(DefaultGroovyMethods.DGM_LIKE_CLASSES),
                        Stream.of(DefaultGroovyStaticMethods.class))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(m -> m.getName().equals(method.getName()) && Arrays.equals(m.getParameterTypes(), parameters))
                .findFirst()
                .map(m -> told(true, told(m, selfAndArguments)))
                .orElseGet(() -> "method " + method.getDeclaringClass().getName() + " " + method.getName()
                        + told(method.getNativeParameterTypes()));
    }

    /** Which of Groovy's own methods of that name is told of: Groovy may have picked one that takes more. */
    private static Method told(Method picked, Object... selfAndArguments) {
        return Overloads.mostSpecific(
                        Arrays.stream(picked.getDeclaringClass().getMethods())
                                .filter(m -> m.getName().equals(picked.getName())),
                        selfAndArguments)
                .orElse(picked);
    }

    private static String told(boolean isStatic, Method method) {
        return (isStatic ? "staticMethod " : "method ")
                + method.getDeclaringClass().getName() + " " + method.getName() + told(method.getParameterTypes());
    }

    private static String told(Class<?>[] parameters) {
        return Arrays.stream(parameters).map(p -> " " + p.getTypeName()).collect(Collectors.joining());
    }
}
