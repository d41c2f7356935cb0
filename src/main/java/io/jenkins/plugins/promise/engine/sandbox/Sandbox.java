package io.jenkins.plugins.promise.engine.sandbox;

import java.util.function.Consumer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.kohsuke.groovy.sandbox.GroovyInterceptor;

/**
 * Looks at everything that a script calls, reads, sets and makes, while the script runs in it; and prints what the script
 * prints, since {@code @NonCPS} code cannot wait in a step.
 */
@SuppressWarnings("rawtypes") // the library declares it so
public final class Sandbox extends GroovyInterceptor {
    private static final Permissions PERMISSIONS = new Permissions(Allowed.LIST);

    private final Consumer<String> printer;

    /** A sandbox whose scripts print there, line by line. */
    public Sandbox(Consumer<String> printer) {
        this.printer = printer;
    }

    /** Does something in it. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** Does something in it that may fail in a way that is checked, and returns what comes of it. */
    public <T, E extends Exception> T call(Task<T, E> task) throws E {
        register();
        try {
            return task.call();
        } finally {
            unregister();
        }
    }

    /**
     * What is done in a sandbox.
     *
     * @param <T> what comes of it
     * @param <E> how it may fail
     */
    @FunctionalInterface
    public interface Task<T, E extends Exception> {
        /** Does it. */
        T call() throws E;
    }

    @Override
    public Object onMethodCall(Invoker invoker, Object receiver, String method, Object... arguments) throws Throwable {
        if (Printed.is(method, arguments.length) && !PERMISSIONS.declaredByScript(receiver, method)) {
            printer.accept(Printed.line(method, arguments));
            return null;
        }
        if (method.equals("invokeMethod") && arguments.length == 2) {
            // A closure asks what is around it.
            String called = String.valueOf(arguments[0]);
            Object[] given = InvokerHelper.asArray(arguments[1]);
            if (Printed.is(called, given.length) && !PERMISSIONS.declaredByScript(receiver, called)) {
                printer.accept(Printed.line(called, given));
                return null;
            }
            PERMISSIONS.mayCall(receiver, called, given);
        } else {
            PERMISSIONS.mayCall(receiver, method, arguments);
        }
        return super.onMethodCall(invoker, receiver, method, arguments);
    }

    @Override
    public Object onStaticCall(Invoker invoker, Class receiver, String method, Object... arguments) throws Throwable {
        PERMISSIONS.mayCallStatic(receiver, method, arguments);
        return super.onStaticCall(invoker, receiver, method, arguments);
    }

    @Override
    public Object onNewInstance(Invoker invoker, Class receiver, Object... arguments) throws Throwable {
        PERMISSIONS.mayConstruct(receiver, arguments);
        return super.onNewInstance(invoker, receiver, arguments);
    }

    @Override
    public void onSuperConstructor(Invoker invoker, Class receiver, Object... arguments) throws Throwable {
        PERMISSIONS.mayConstruct(receiver, arguments);
        super.onSuperConstructor(invoker, receiver, arguments);
    }

    @Override
    public Object onSuperCall(Invoker invoker, Class sender, Object receiver, String method, Object... arguments)
            throws Throwable {
        PERMISSIONS.mayCallSuper(sender, receiver, method, arguments);
        return super.onSuperCall(invoker, sender, receiver, method, arguments);
    }

    @Override
    public Object onGetProperty(Invoker invoker, Object receiver, String property) throws Throwable {
        PERMISSIONS.mayRead(receiver, property);
        return super.onGetProperty(invoker, receiver, property);
    }

    @Override
    public Object onSetProperty(Invoker invoker, Object receiver, String property, Object value) throws Throwable {
        PERMISSIONS.maySet(receiver, property, value);
        return super.onSetProperty(invoker, receiver, property, value);
    }

    @Override
    public Object onGetAttribute(Invoker invoker, Object receiver, String attribute) throws Throwable {
        PERMISSIONS.mayReach(receiver, attribute);
        return super.onGetAttribute(invoker, receiver, attribute);
    }

    @Override
    public Object onSetAttribute(Invoker invoker, Object receiver, String attribute, Object value) throws Throwable {
        PERMISSIONS.mayReach(receiver, attribute);
        return super.onSetAttribute(invoker, receiver, attribute, value);
    }

    @Override
    public Object onGetArray(Invoker invoker, Object receiver, Object index) throws Throwable {
        PERMISSIONS.mayCall(receiver, "getAt", index);
        return super.onGetArray(invoker, receiver, index);
    }

    @Override
    public Object onSetArray(Invoker invoker, Object receiver, Object index, Object value) throws Throwable {
        PERMISSIONS.mayCall(receiver, "putAt", index, value);
        return super.onSetArray(invoker, receiver, index, value);
    }
}
