package io.jenkins.plugins.promise.orchestration.script;

import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.MethodCallExpression;

/** Code with {@code @NonCPS}: everything works there, but nothing can wait. */
final class PlainCode extends CodeVisitorSupport {
    private final ScriptMethods methods;
    private final Refusals refusals;
    private final String method;
    private final ListedMethods listed;

    PlainCode(ScriptMethods methods, ClosureVariables variables, Refusals refusals, String method) {
        this.methods = methods;
        this.refusals = refusals;
        this.method = method;
        this.listed = new ListedMethods(methods, variables, refusals);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.getMethodAsString();
        listed.look(call);
        if (call.isImplicitThis() && name != null && methods.waits(name)) {
            refusals.add(
                    call,
                    "'" + name + "' cannot be called in '" + method
                            + "', which is @NonCPS and cannot wait; call it outside"
                            + (methods.declares(name) ? ", or write @NonCPS before it, too" : ""));
        }
        super.visitMethodCallExpression(call);
    }
}
