package io.jenkins.plugins.promise.engine.sandbox;

import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import com.cloudbees.groovy.cps.sandbox.SandboxInvoker;
import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import groovy.lang.ListWithDefault;
import groovy.lang.MapWithDefault;
import groovy.lang.MetaProperty;
import groovy.lang.Script;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.CurriedClosure;
import org.codehaus.groovy.runtime.MetaClassHelper;
import org.codehaus.groovy.runtime.MethodClosure;

/**
 * Carries out what a transformed script calls, in the sandbox. A transformed method or closure tells its caller to run it by
 * throwing; where that comes out of another method than was called, groovy-cps would take what it returns for the value of
 * the method that was called. Here it fails.
 */
public final class ScriptInvoker extends SandboxInvoker {
    private static final long serialVersionUID = 1;
    private static final Set<String> CALLS = Set.of("call", "doCall");

    @Override
    public Object methodCall(Object receiver, String method, Object[] arguments) throws Throwable {
        try {
            return super.methodCall(receiver, method, arguments);
        } catch (CpsCallableInvocation called) {
            if (!meant(receiver, method, called)) {
                throw new LostCall(called, method);
            }
            throw called;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // groovy-cps declares it so
    public Object constructorCall(Class type, Object[] arguments) throws Throwable {
        try {
            return super.constructorCall(type, arguments);
        } catch (CpsCallableInvocation called) {
            throw new LostCall(called, "new " + type.getSimpleName());
        }
    }

    @Override
    public Object getProperty(Object receiver, String name) throws Throwable {
        try {
            return super.getProperty(receiver, name);
        } catch (CpsCallableInvocation called) {
            String capital = MetaClassHelper.capitalize(name);
            if (called.methodName.equals("get" + capital)
                    || called.methodName.equals("is" + capital)
                    || called.methodName.endsWith("Missing")
                    || receiver instanceof MapWithDefault) {
                throw called;
            }
            throw new LostCall(called, name);
        }
    }

    @Override
    public void setProperty(Object receiver, String name, Object value) throws Throwable {
        try {
            super.setProperty(receiver, name, value);
        } catch (CpsCallableInvocation called) {
            if (called.methodName.equals("set" + MetaClassHelper.capitalize(name))
                    || called.methodName.endsWith("Missing")) {
                throw called;
            }
            throw new LostCall(called, name);
        }
    }

    private static boolean meant(Object receiver, String method, CpsCallableInvocation called) {
        if (called.methodName.equals("methodMissing")) {
            return true;
        }
        if (!CALLS.contains(called.methodName)) {
            boolean compared = method.equals("compareEqual") && called.methodName.equals("equals");
            boolean pointed = receiver instanceof MethodClosure closure
                    && CALLS.contains(method)
                    && called.methodName.equals(closure.getMethod());
            return called.methodName.equals(method) || compared || pointed;
        }
        if (CALLS.contains(method)) {
            return !(receiver instanceof Closure)
                    || receiver instanceof CpsClosure
                    || receiver instanceof CurriedClosure
                    || receiver instanceof MethodClosure;
        }
        return receiver instanceof ListWithDefault
                || receiver instanceof MapWithDefault
                || holdsClosure(receiver, method, called.receiver);
    }

    /** Whether the closure that is called is a value of that name: {@code map.name(…)}. */
    private static boolean holdsClosure(Object receiver, String name, Object closure) {
        if (receiver instanceof Map<?, ?> map) {
            return map.get(name) == closure;
        }
        if (receiver instanceof CpsClosure body) {
            return holdsClosure(body.getOwner(), name, closure) || holdsClosure(body.getDelegate(), name, closure);
        }
        if (receiver instanceof Script script && script.getBinding().hasVariable(name)) {
            return script.getBinding().getVariable(name) == closure;
        }
        if (receiver instanceof GroovyObject object) {
            MetaProperty property = object.getMetaClass().hasProperty(object, name);
            return property != null && property.getProperty(object) == closure;
        }
        return false;
    }
}
