package io.jenkins.plugins.promise.suite.script;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/**
 * Which variables of a script hold the results of a {@code phase} or of a {@code worker}, where the script itself tells:
 * they are given a value once.
 */
final class PhaseResults extends CodeVisitorSupport {
    private static final Set<String> ADDS =
            Set.of("put", "putAll", "putAt", "putIfAbsent", "computeIfAbsent", "leftShift");
    /** What the only value of a variable is; nothing where there are several, or another. */
    private final Map<String, Optional<MethodCallExpression>> values = new HashMap<>();

    private PhaseResults() {}

    /**
     * The workers that a phase declares one after the other.
     *
     * @param calls by name
     * @param all whether these are all
     */
    record Declared(Map<String, MethodCallExpression> calls, boolean all) {}

    /** Those of a script. */
    static PhaseResults of(ModuleNode script) {
        PhaseResults results = new PhaseResults();
        script.getStatementBlock().visit(results);
        for (MethodNode method : ScriptCode.methods(script)) {
            results.another(method.getParameters());
            method.getCode().visit(results);
        }
        return results;
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.ASSIGN
                && expression.getLeftExpression() instanceof VariableExpression variable) {
            Optional<MethodCallExpression> value = expression.getRightExpression() instanceof MethodCallExpression call
                            && (step(call, "phase") || step(call, "worker"))
                    ? Optional.of(call)
                    : Optional.empty();
            values.merge(variable.getName(), value, (one, other) -> Optional.empty());
        } else if (expression.getOperation().isA(Types.ASSIGNMENT_OPERATOR)
                || expression.getOperation().getType() == Types.LEFT_SHIFT) {
            more(expression.getLeftExpression());
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (!call.isImplicitThis() && ADDS.contains(String.valueOf(call.getMethodAsString()))) {
            more(call.getObjectExpression());
        }
        super.visitMethodCallExpression(call);
    }

    /** Takes note that a variable holds more than what it was given. */
    private void more(Expression of) {
        if (of instanceof VariableExpression variable) {
            values.put(variable.getName(), Optional.empty());
        }
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        another(loop.getVariable());
        super.visitForLoop(loop);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null) {
            another(closure.getParameters());
        }
        super.visitClosureExpression(closure);
    }

    private void another(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            values.put(parameter.getName(), Optional.empty());
        }
    }

    /** The call of a {@code worker} whose result an expression is. */
    Optional<MethodCallExpression> worker(Expression of) {
        return value(of, "worker");
    }

    /** The workers of the {@code phase} whose results an expression is. */
    Optional<Declared> phase(Expression of) {
        return value(of, "phase").flatMap(PhaseResults::body).map(body -> {
            Map<String, MethodCallExpression> calls = new LinkedHashMap<>();
            boolean all = body.getCode() instanceof BlockStatement block && declared(block, calls);
            return new Declared(calls, all);
        });
    }

    private Optional<MethodCallExpression> value(Expression of, String step) {
        return of instanceof VariableExpression variable
                ? values.getOrDefault(variable.getName(), Optional.empty()).filter(call -> step(call, step))
                : Optional.empty();
    }

    private static boolean declared(BlockStatement body, Map<String, MethodCallExpression> declared) {
        boolean all = true;
        for (Statement statement : body.getStatements()) {
            String name = statement instanceof ExpressionStatement alone
                            && alone.getExpression() instanceof MethodCallExpression call
                            && step(call, "worker")
                            && declared.putIfAbsent(String.valueOf(name(call)), call) == null
                    ? name(call)
                    : null;
            all &= name != null;
        }
        return all;
    }

    private static Optional<ClosureExpression> body(MethodCallExpression phase) {
        return phase.getArguments() instanceof TupleExpression arguments
                ? arguments.getExpressions().stream()
                        .filter(ClosureExpression.class::isInstance)
                        .map(ClosureExpression.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    /** Whether a call is one of that step. */
    static boolean step(MethodCallExpression call, String name) {
        return call.isImplicitThis() && name.equals(call.getMethodAsString());
    }

    /** What a worker is called in its phase; null if only the running script knows. */
    static String name(MethodCallExpression worker) {
        Expression as = argument(worker, "as");
        return literal(as == null ? argument(worker, "job") : as);
    }

    /** A constant as text; null if it is none. */
    static String literal(Expression expression) {
        return expression instanceof ConstantExpression constant && constant.getValue() != null
                ? constant.getValue().toString()
                : null;
    }

    /** What a named argument is; null if it is not given. */
    static Expression argument(MethodCallExpression call, String name) {
        return call.getArguments() instanceof TupleExpression arguments
                ? arguments.getExpressions().stream()
                        .filter(MapExpression.class::isInstance)
                        .flatMap(map -> ((MapExpression) map).getMapEntryExpressions().stream())
                        .filter(entry -> name.equals(literal(entry.getKeyExpression())))
                        .map(entry -> entry.getValueExpression())
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
