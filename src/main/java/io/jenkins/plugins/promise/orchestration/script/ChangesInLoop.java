package io.jenkins.plugins.promise.orchestration.script;

import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/** The body of a loop over a list that changes the list: Jenkins goes on with the changed one, without an end if it grows. */
final class ChangesInLoop extends CodeVisitorSupport {
    private static final Set<String> CHANGES =
            Set.of("add", "addAll", "remove", "removeAll", "retainAll", "clear", "push", "pop", "leftShift");

    private final String list;
    private final Refusals refusals;

    ChangesInLoop(String list, Refusals refusals) {
        this.list = list;
        this.refusals = refusals;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (isList(call.getObjectExpression()) && CHANGES.contains(call.getMethodAsString())) {
            refuse(call);
        }
        super.visitMethodCallExpression(call);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.LEFT_SHIFT && isList(expression.getLeftExpression())) {
            refuse(expression);
        }
        super.visitBinaryExpression(expression);
    }

    private boolean isList(Expression expression) {
        return expression instanceof VariableExpression variable
                && variable.getName().equals(list);
    }

    private void refuse(ASTNode at) {
        refusals.add(
                at,
                "'" + list + "' is changed in the loop over it; loop over a copy, as in for (x in [] + " + list + ")");
    }
}
