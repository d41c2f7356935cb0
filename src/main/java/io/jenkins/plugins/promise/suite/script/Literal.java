package io.jenkins.plugins.promise.suite.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;

/**
 * A value that stands in a script as it is.
 *
 * @param value texts, numbers, flags and null, in lists and maps
 */
record Literal(Object value) {
    /** What an expression says; null if only the running script knows. */
    static Literal of(Expression expression) {
        if (expression instanceof ConstantExpression constant) {
            return new Literal(constant.getValue());
        }
        if (expression instanceof MapExpression map) {
            return of(map);
        }
        if (expression instanceof ListExpression list) {
            List<Object> values = new ArrayList<>();
            for (Expression element : list.getExpressions()) {
                Literal literal = of(element);
                if (literal == null) {
                    return null;
                }
                values.add(literal.value());
            }
            return new Literal(values);
        }
        return null;
    }

    private static Literal of(MapExpression map) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            Literal key = of(entry.getKeyExpression());
            Literal value = of(entry.getValueExpression());
            if (key == null || value == null) {
                return null;
            }
            values.put(String.valueOf(key.value()), value.value());
        }
        return new Literal(values);
    }
}
