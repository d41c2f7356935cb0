package io.jenkins.plugins.promise.suite.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;

/** Finds the jobs that a script calls, on its syntax tree. */
public final class References {
    private static final List<String> STEPS = List.of("worker", "build");

    /** The syntax tree of a script that compiles; it is not resolved. */
    public static ModuleNode parsed(String script) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("script.groovy", script);
        unit.compile(Phases.CONVERSION);
        return unit.getAST().getModules().get(0);
    }

    /** The calls in a script, in its order. */
    public List<JobCall> in(ModuleNode script) {
        Calls calls = new Calls();
        for (ClassNode type : script.getClasses()) {
            for (MethodNode method : type.getMethods()) {
                if (method.getCode() != null) {
                    method.getCode().visit(calls);
                }
            }
        }
        script.getStatementBlock().visit(calls);
        return calls.distinct();
    }

    private static final class Calls extends CodeVisitorSupport {
        private final Map<String, JobCall> found = new LinkedHashMap<>();

        List<JobCall> distinct() {
            return new ArrayList<>(found.values());
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            String step = call.getMethodAsString();
            if (step != null && STEPS.contains(step) && call.isImplicitThis()) {
                note(call, step);
            }
            super.visitMethodCallExpression(call);
        }

        private void note(MethodCallExpression call, String step) {
            String job = null;
            Map<String, String> inputs = new LinkedHashMap<>();
            for (MapEntryExpression entry : named(call)) {
                String key = literal(entry.getKeyExpression());
                if ("job".equals(key)) {
                    job = literal(entry.getValueExpression());
                } else if ("inputs".equals(key)) {
                    inputs = inputs(entry.getValueExpression());
                }
            }
            if (step.equals("build")) {
                job = job == null ? positional(call) : job;
                inputs = null;
            }
            found.put(
                    call.getLineNumber() + ":" + call.getColumnNumber(),
                    new JobCall(step, job, call.getLineNumber(), inputs));
        }

        private static String positional(MethodCallExpression call) {
            return call.getArguments() instanceof TupleExpression tuple
                            && !tuple.getExpressions().isEmpty()
                    ? literal(tuple.getExpression(0))
                    : null;
        }

        private static List<MapEntryExpression> named(MethodCallExpression call) {
            if (call.getArguments() instanceof TupleExpression tuple) {
                for (Expression argument : tuple.getExpressions()) {
                    if (argument instanceof NamedArgumentListExpression || argument instanceof MapExpression) {
                        return ((MapExpression) argument).getMapEntryExpressions();
                    }
                }
            }
            return List.of();
        }

        private static Map<String, String> inputs(Expression expression) {
            if (!(expression instanceof MapExpression map)) {
                return null;
            }
            Map<String, String> inputs = new LinkedHashMap<>();
            for (MapEntryExpression entry : map.getMapEntryExpressions()) {
                String name = literal(entry.getKeyExpression());
                if (name == null) {
                    return null;
                }
                inputs.put(name, literal(entry.getValueExpression()));
            }
            return inputs;
        }

        private static String literal(Expression expression) {
            return expression instanceof ConstantExpression constant && constant.getValue() != null
                    ? constant.getValue().toString()
                    : null;
        }
    }
}
