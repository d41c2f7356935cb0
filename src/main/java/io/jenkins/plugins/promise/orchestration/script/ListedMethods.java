package io.jenkins.plugins.promise.orchestration.script;

import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/**
 * Calls that the sandbox of Jenkins allows or not by the order in which its JVM lists methods. Between
 * {@code sum(Collection, Closure)}, which is allowed, and {@code sum(Collection, Object)}, which is not, it takes the one
 * that it comes to first; and that is another one in the next process.
 */
final class ListedMethods {
    private static final String SUM = "sum";

    private final ScriptMethods methods;
    private final ClosureVariables variables;
    private final Refusals refusals;

    ListedMethods(ScriptMethods methods, ClosureVariables variables, Refusals refusals) {
        this.methods = methods;
        this.variables = variables;
        this.refusals = refusals;
    }

    void look(MethodCallExpression call) {
        if (SUM.equals(call.getMethodAsString())
                && !methods.declares(SUM)
                && call.getArguments() instanceof TupleExpression arguments
                && arguments.getExpressions().size() == 1
                && closure(arguments.getExpression(0))) {
            refusals.add(
                    call,
                    "'sum' with a closure is allowed by the sandbox of one Jenkins and not by that of the next; write"
                            + " .collect { … }.sum()");
        }
    }

    private boolean closure(Expression argument) {
        return argument instanceof MethodPointerExpression
                || variables.held(argument).isPresent();
    }
}
