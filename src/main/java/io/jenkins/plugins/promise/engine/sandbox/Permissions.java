package io.jenkins.plugins.promise.engine.sandbox;

import groovy.lang.Closure;
import groovy.lang.MetaProperty;
import groovy.lang.Script;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.MetaClassHelper;

/** Decides what a script may do to an object; what is no member at all is left to Groovy, which says so. */
final class Permissions {
    private static final Set<String> CONVERSIONS = Set.of("asType", "castToType");
    /** What Groovy gives every script and object, and what would lead out of the sandbox. */
    private static final Set<String> HIDDEN = Set.of("metaClass", "binding", "class");

    private final Allowed allowed;

    Permissions(Allowed allowed) {
        this.allowed = allowed;
    }

    /** Whether the class of an object, written in the script, has a method of that name. */
    boolean declaredByScript(Object receiver, String method) {
        for (Class<?> type = receiver == null ? null : receiver.getClass();
                type != null && Allowed.ofScript(type) && !type.getName().endsWith(".Steps");
                type = type.getSuperclass()) {
            if (Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(m -> m.getName().equals(method))) {
                return true;
            }
        }
        return false;
    }

    void mayCall(Object receiver, String method, Object... arguments) {
        mayConvert(method, arguments);
        if (receiver == null) {
            return;
        }
        boolean named = arguments.length > 0 && arguments[0] instanceof CharSequence && !(receiver instanceof Map);
        if (named && method.equals("getAt")) {
            mayRead(receiver, arguments[0].toString());
        } else if (named && method.equals("putAt")) {
            maySet(receiver, arguments[0].toString(), arguments[arguments.length - 1]);
        } else if (!allowed.method(receiver.getClass(), method, arguments.length)) {
            refuse(Signatures.method(receiver, method, arguments));
            mayMiss(receiver, method, arguments);
        }
    }

    /** A method that an object of a class of the script has not: what the class would make of the name, nobody sees. */
    private static void mayMiss(Object receiver, String method, Object... arguments) {
        if (Allowed.ofScript(receiver.getClass()) && !(receiver instanceof Script) && !(receiver instanceof Closure)) {
            throw new NotPermitted("method groovy.lang.GroovyObject invokeMethod java.lang.String java.lang.Object ("
                    + Signatures.call(receiver, method, arguments) + ")");
        }
    }

    void mayCallStatic(Class<?> receiver, String method, Object... arguments) {
        mayConvert(method, arguments);
        if (!allowed.method(receiver, method, arguments.length)) {
            refuse(Signatures.staticMethod(receiver, method, arguments));
        }
    }

    void mayCallSuper(Class<?> sender, Object receiver, String method, Object... arguments) {
        if (!allowed.method(sender.getSuperclass(), method, arguments.length)) {
            refuse(Signatures.method(receiver, method, arguments));
        }
    }

    void mayConstruct(Class<?> type, Object... arguments) {
        if (!allowed.construct(type)) {
            throw new NotPermitted(Signatures.constructor(type, arguments));
        }
    }

    /** A conversion is a constructor in disguise. */
    private void mayConvert(String method, Object... arguments) {
        if (CONVERSIONS.contains(method)) {
            for (Object argument : arguments) {
                if (argument instanceof Class<?> type && !allowed.convert(type)) {
                    throw new NotPermitted("new " + type.getName());
                }
            }
        }
    }

    void mayRead(Object receiver, String property) {
        if (receiver == null || receiver instanceof Map || length(receiver, property)) {
            return;
        }
        String getter = "get" + MetaClassHelper.capitalize(property);
        String test = "is" + MetaClassHelper.capitalize(property);
        if (receiver instanceof Class<?> type) {
            mayReadOf(type, property, getter);
            return;
        }
        if (receiver instanceof Iterable<?> values && !allowed.method(receiver.getClass(), getter, 0)) {
            // Groovy reads it from each of them.
            values.forEach(value -> mayRead(value, property));
            return;
        }
        Class<?> type = receiver.getClass();
        if (!allowed.method(type, getter, 0) && !allowed.method(type, test, 0) && !own(receiver, property)) {
            refuse(Signatures.method(receiver, getter, new Object[0])
                    .or(() -> Signatures.method(receiver, test, new Object[0]))
                    .or(() -> field(type, property)));
        }
    }

    private void mayReadOf(Class<?> type, String property, String getter) {
        Optional<String> constant = Arrays.stream(type.getFields())
                .filter(f -> f.getName().equals(property) && Modifier.isStatic(f.getModifiers()))
                .findFirst()
                .map(f -> "staticField " + f.getDeclaringClass().getName() + " " + property);
        if (property.equals("class")
                || (constant.isPresent() && allowed.named(type))
                || declared(type, property)
                || (constant.isEmpty() && allowed.method(type, getter, 0))
                || allowed.method(Class.class, getter, 0)) {
            return;
        }
        refuse(constant.or(() -> Signatures.staticMethod(type, getter, new Object[0]))
                .or(() -> Signatures.method(type, getter, new Object[0])));
    }

    void maySet(Object receiver, String property, Object value) {
        if (receiver == null || receiver instanceof Map) {
            return;
        }
        Class<?> type = receiver instanceof Class<?> itself ? itself : receiver.getClass();
        String setter = "set" + MetaClassHelper.capitalize(property);
        if (allowed.method(receiver.getClass(), setter, 1) || own(receiver, property)) {
            return;
        }
        if (HIDDEN.contains(property)) {
            throw new NotPermitted("method " + type.getName() + " " + setter);
        }
        MetaProperty known = InvokerHelper.getMetaClass(receiver).hasProperty(receiver, property);
        if (known != null || !Allowed.ofScript(type)) {
            refuse(Signatures.method(receiver, setter, new Object[] {value}).or(() -> field(type, property)));
        }
    }

    void mayReach(Object receiver, String attribute) {
        if (receiver != null && !declared(receiver.getClass(), attribute)) {
            throw new NotPermitted("field " + receiver.getClass().getName() + " " + attribute);
        }
    }

    private static boolean length(Object receiver, String property) {
        return receiver.getClass().isArray() && property.equals("length");
    }

    /** Whether it is a variable of the script, or a field of a class in it. */
    private static boolean own(Object receiver, String property) {
        if (HIDDEN.contains(property)) {
            return false;
        }
        boolean variable =
                receiver instanceof Script script && script.getBinding().hasVariable(property);
        return variable || declared(receiver instanceof Class<?> type ? type : receiver.getClass(), property);
    }

    private static boolean declared(Class<?> type, String field) {
        for (Class<?> each = type; each != null && Allowed.ofScript(each); each = each.getSuperclass()) {
            if (Arrays.stream(each.getDeclaredFields())
                    .anyMatch(f -> f.getName().equals(field))) {
                return !HIDDEN.contains(field);
            }
        }
        return false;
    }

    private static Optional<String> field(Class<?> type, String property) {
        return Arrays.stream(type.getFields())
                .filter(f -> f.getName().equals(property))
                .findFirst()
                .map(f -> "field " + f.getDeclaringClass().getName() + " " + property);
    }

    private static void refuse(Optional<String> member) {
        member.ifPresent(m -> {
            throw new NotPermitted(m);
        });
    }
}
