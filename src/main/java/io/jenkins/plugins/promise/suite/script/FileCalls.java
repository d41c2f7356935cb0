package io.jenkins.plugins.promise.suite.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/**
 * Whose files a script's workers are given ({@code files: [built.build]}), where the script itself tells: the variable is
 * given a value once, by a {@code phase} or a {@code worker}, and the worker's job is a literal.
 */
public final class FileCalls extends CodeVisitorSupport {
    /** What the only value of a variable is; nothing where there are several, or another. */
    private final Map<String, Optional<MethodCallExpression>> values = new HashMap<>();

    private final List<MethodCallExpression> calls = new ArrayList<>();

    private FileCalls() {}

    /**
     * A worker whose files another one is given.
     *
     * @param worker its name in its phase
     * @param job its job; null if the phase has no worker of that name
     * @param line where the other one is called, counted from 1
     */
    public record Given(String worker, String job, int line) {}

    /** Those of a script, as far as they are known, in the order of the calls. */
    public static List<Given> in(ModuleNode script) {
        FileCalls visitor = new FileCalls();
        script.getStatementBlock().visit(visitor);
        for (ClassNode type : script.getClasses()) {
            for (MethodNode method : type.getMethods()) {
                if (method.getCode() != null && method.getCode() != script.getStatementBlock()) {
                    method.getCode().visit(visitor);
                }
            }
        }
        List<Given> given = new ArrayList<>();
        for (MethodCallExpression call : visitor.calls) {
            Expression files = argument(call, "files");
            List<Expression> results = files instanceof ListExpression list
                    ? list.getExpressions()
                    : files == null ? List.of() : List.of(files);
            results.forEach(
                    result -> visitor.given(result, call.getLineNumber()).ifPresent(given::add));
        }
        return given.stream().distinct().toList();
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
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (step(call, "worker")) {
            calls.add(call);
        }
        super.visitMethodCallExpression(call);
    }

    private static boolean step(MethodCallExpression call, String name) {
        return call.isImplicitThis() && name.equals(call.getMethodAsString());
    }

    private Optional<Given> given(Expression result, int line) {
        if (result instanceof VariableExpression variable) {
            return value(variable, "worker").flatMap(worker -> of(worker, line));
        }
        if (result instanceof PropertyExpression read) {
            return member(read.getObjectExpression(), read.getProperty(), line);
        }
        return result instanceof BinaryExpression read && read.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
                ? member(read.getLeftExpression(), read.getRightExpression(), line)
                : Optional.empty();
    }

    private Optional<MethodCallExpression> value(Expression of, String step) {
        return of instanceof VariableExpression variable
                ? values.getOrDefault(variable.getName(), Optional.empty()).filter(call -> step(call, step))
                : Optional.empty();
    }

    private Optional<Given> member(Expression of, Expression name, int line) {
        Optional<ClosureExpression> body = value(of, "phase").flatMap(FileCalls::body);
        if (body.isEmpty() || !(name instanceof ConstantExpression constant)) {
            return Optional.empty();
        }
        String worker = String.valueOf(constant.getValue());
        Map<String, MethodCallExpression> declared = new LinkedHashMap<>();
        boolean all = body.get().getCode() instanceof BlockStatement block && declared(block, declared);
        MethodCallExpression call = declared.get(worker);
        if (call != null) {
            return of(call, line);
        }
        return all ? Optional.of(new Given(worker, null, line)) : Optional.empty();
    }

    /** The workers that a phase declares one after the other; whether these are all. */
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

    private static Optional<Given> of(MethodCallExpression worker, int line) {
        String name = name(worker);
        String job = literal(argument(worker, "job"));
        return name == null || job == null ? Optional.empty() : Optional.of(new Given(name, job, line));
    }

    private static String name(MethodCallExpression worker) {
        Expression as = argument(worker, "as");
        return literal(as == null ? argument(worker, "job") : as);
    }

    private static String literal(Expression expression) {
        return expression instanceof ConstantExpression constant && constant.getValue() != null
                ? constant.getValue().toString()
                : null;
    }

    private static Expression argument(MethodCallExpression call, String name) {
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
