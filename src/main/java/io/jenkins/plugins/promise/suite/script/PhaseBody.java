package io.jenkins.plugins.promise.suite.script;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** What a phase declares one after the other, whatever its values are. */
final class PhaseBody {
    private PhaseBody() {}

    /** The workers whose name one before them has, with that name; those in loops and conditions are not known. */
    static Map<ASTNode, String> twice(ClosureExpression body) {
        Map<ASTNode, String> twice = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        if (body.getCode() instanceof BlockStatement block) {
            for (Statement statement : block.getStatements()) {
                if (statement instanceof ExpressionStatement alone
                        && alone.getExpression() instanceof MethodCallExpression call
                        && "worker".equals(call.getMethodAsString())
                        && call.isImplicitThis()) {
                    String name = name(call);
                    if (name != null && !names.add(name)) {
                        twice.put(call, name);
                    }
                }
            }
        }
        return twice;
    }

    /** As it is called in its phase; null if only the running script knows. */
    private static String name(MethodCallExpression call) {
        Map<String, Object> literals = new LinkedHashMap<>();
        Set<String> given = new HashSet<>();
        if (call.getArguments() instanceof TupleExpression arguments) {
            arguments.getExpressions().stream()
                    .filter(MapExpression.class::isInstance)
                    .flatMap(map -> ((MapExpression) map).getMapEntryExpressions().stream())
                    .forEach(entry -> {
                        if (entry.getKeyExpression() instanceof ConstantExpression key) {
                            given.add(String.valueOf(key.getValue()));
                            if (entry.getValueExpression() instanceof ConstantExpression value) {
                                literals.put(String.valueOf(key.getValue()), value.getValue());
                            }
                        }
                    });
        }
        Object name = literals.get(given.contains("as") ? "as" : "job");
        return name == null ? null : name.toString();
    }
}
