package io.jenkins.plugins.promise.suite.script;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.syntax.Types;

/** The expressions of a script that stand where its author has something in mind with them that they are not elsewhere. */
final class Meant extends CodeVisitorSupport {
    private static final Set<String> REPLACE =
            Set.of("replace", "replaceAll", "replaceFirst", "contains", "indexOf", "split");
    private static final Set<Integer> COMPARED = Set.of(Types.COMPARE_EQUAL, Types.COMPARE_NOT_EQUAL);

    private final Set<Expression> conditions = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expression> compared = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Expression> replaced = Collections.newSetFromMap(new IdentityHashMap<>());

    private Meant() {}

    /** Those of a script. */
    static Meant of(ModuleNode script) {
        Meant meant = new Meant();
        ScriptCode.visit(script, meant);
        return meant;
    }

    /** Whether what counts is only whether it is true, so that it may be null. */
    boolean condition(Expression expression) {
        return conditions.contains(expression);
    }

    /** Whether it is held against something, as {@code null} may be. */
    boolean compared(Expression expression) {
        return compared.contains(expression);
    }

    /** Whether it is what a text is searched for. */
    boolean replaced(Expression expression) {
        return replaced.contains(expression);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (Types.ofType(expression.getOperation().getType(), Types.LOGICAL_OPERATOR)) {
            conditions(expression.getLeftExpression(), expression.getRightExpression());
        }
        if (COMPARED.contains(expression.getOperation().getType())) {
            compared.add(expression.getLeftExpression());
            compared.add(expression.getRightExpression());
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (REPLACE.contains(String.valueOf(call.getMethodAsString()))
                && call.getArguments() instanceof TupleExpression arguments) {
            replaced.addAll(arguments.getExpressions());
        }
        super.visitMethodCallExpression(call);
    }

    @Override
    public void visitIfElse(IfStatement statement) {
        conditions(statement.getBooleanExpression());
        super.visitIfElse(statement);
    }

    @Override
    public void visitWhileLoop(WhileStatement loop) {
        conditions(loop.getBooleanExpression());
        super.visitWhileLoop(loop);
    }

    @Override
    public void visitTernaryExpression(TernaryExpression ternary) {
        conditions(ternary.getBooleanExpression());
        super.visitTernaryExpression(ternary);
    }

    @Override
    public void visitShortTernaryExpression(ElvisOperatorExpression elvis) {
        conditions(elvis.getBooleanExpression());
        // Visited as the condition only: it is the same as what is taken where it is true.
        elvis.getBooleanExpression().visit(this);
        elvis.getFalseExpression().visit(this);
    }

    @Override
    public void visitNotExpression(NotExpression not) {
        conditions(not);
        super.visitNotExpression(not);
    }

    /** Those that stand for themselves; what they are made of is visited by itself. */
    private void conditions(Expression... all) {
        for (Expression one : all) {
            conditions.add(one instanceof BooleanExpression whole ? whole.getExpression() : one);
        }
    }
}
