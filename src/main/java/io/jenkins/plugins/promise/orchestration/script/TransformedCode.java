package io.jenkins.plugins.promise.orchestration.script;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.syntax.Types;

/** Code that may wait: it is transformed, and what Java calls back is lost. */
final class TransformedCode extends CodeVisitorSupport {
    private static final String OUTSIDE = "; use a for loop, or do it in a method with @NonCPS before it";
    /** Methods that call a closure from Java, where a transformed one cannot be run. */
    private static final Set<String> CALL_BACK = Set.of(
            "sort",
            "toSorted",
            "unique",
            "toUnique",
            "takeWhile",
            "dropWhile",
            "grep",
            "collectAll",
            "collectReplacements",
            "eachLine",
            "splitEachLine",
            "transformChar",
            "transformLine",
            "filterLine",
            "traverse",
            "forEach",
            "removeIf",
            "compute",
            "computeIfAbsent",
            "computeIfPresent",
            "merge");

    private static final Set<String> CALL_BACK_WITH_ONE = Set.of("max", "min");
    private static final Set<String> OF_CLOSURES = Set.of("memoize", "memoizeAtMost", "memoizeAtLeast", "trampoline");
    private static final Set<String> CLOSURE_TYPES =
            Set.of("Closure", "Object", "groovy.lang.Closure", "java.lang.Object");
    private static final Map<Integer, String> COMPOSITIONS = Map.of(Types.LEFT_SHIFT, "<<", Types.RIGHT_SHIFT, ">>");

    private final ScriptMethods methods;
    private final ClosureVariables variables;
    private final Refusals refusals;
    private final ListedMethods listed;

    TransformedCode(ScriptMethods methods, ClosureVariables variables, Refusals refusals) {
        this.methods = methods;
        this.variables = variables;
        this.refusals = refusals;
        this.listed = new ListedMethods(methods, variables, refusals);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.getMethodAsString();
        listed.look(call);
        if (call.isSpreadSafe()) {
            refusals.add(call, "*. calls no methods in an orchestration; write .collect { it." + name + "(…) }");
        }
        if (name != null) {
            closures(call).forEach(closure -> refuseCallBack(call, name, closure));
            if (OF_CLOSURES.contains(name) && call.getObjectExpression() instanceof ClosureExpression) {
                refusals.add(call, "'" + name + "' cannot call a closure of the script back; call the closure itself");
            }
            if (name.equals("evaluate") && call.isImplicitThis() && !methods.declares(name)) {
                refusals.add(
                        call,
                        "Scripts not permitted to use method groovy.lang.Script evaluate java.lang.String;"
                                + " write what is to be done into the script, or into a file of lib/");
            }
        }
        super.visitMethodCallExpression(call);
    }

    private void refuseCallBack(MethodCallExpression call, String name, ClosureExpression closure) {
        if (methods.plain(name) && call.isImplicitThis()) {
            refusals.add(
                    call,
                    "'" + name
                            + "' is @NonCPS and cannot call a closure of the script back; write what the closure does into '"
                            + name + "'");
        } else if (CALL_BACK.contains(name) && !methods.declares(name)) {
            refusals.add(call, "'" + name + "' cannot call a closure of the script back" + OUTSIDE);
        } else if (CALL_BACK_WITH_ONE.contains(name)
                && closure.getParameters() != null
                && closure.getParameters().length > 1
                && !methods.declares(name)) {
            refusals.add(
                    call,
                    "'" + name + "' takes a closure of one parameter in an orchestration, as in " + name
                            + " { it.size }" + OUTSIDE);
        }
    }

    private List<ClosureExpression> closures(MethodCallExpression call) {
        if (!(call.getArguments() instanceof TupleExpression arguments)) {
            return List.of();
        }
        return arguments.getExpressions().stream()
                .map(variables::held)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        if (loop.getCollectionExpression() instanceof ClosureListExpression parts
                && parts.getExpressions().size() == 3
                && parts.getExpression(1) instanceof EmptyExpression) {
            refusals.add(
                    loop,
                    "a for loop without a condition, as for (;;), never runs in an orchestration; write while (true)");
        }
        if (loop.getCollectionExpression() instanceof VariableExpression over) {
            loop.getLoopBlock().visit(new ChangesInLoop(over.getName(), refusals));
        }
        super.visitForLoop(loop);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null
                && Arrays.stream(closure.getParameters()).anyMatch(p -> p.hasInitialExpression())) {
            refusals.add(
                    closure,
                    "the default of a closure's parameter is not looked at in an orchestration; write"
                            + " a method, or x == null ? … : x in the closure");
        }
        super.visitClosureExpression(closure);
    }

    @Override
    public void visitCaseStatement(CaseStatement statement) {
        if (statement.getExpression() instanceof ClosureExpression) {
            refusals.add(statement, "a case cannot call a closure of the script back; use if and else");
        }
        super.visitCaseStatement(statement);
    }

    @Override
    public void visitCastExpression(CastExpression cast) {
        if (cast.getExpression() instanceof ClosureExpression
                && !CLOSURE_TYPES.contains(cast.getType().getName())) {
            refusals.add(
                    cast,
                    "a closure of the script cannot be a " + cast.getType().getNameWithoutPackage()
                            + ", which Java calls back" + OUTSIDE);
        }
        super.visitCastExpression(cast);
    }

    @Override
    public void visitGStringExpression(GStringExpression text) {
        if (text.getValues().stream().anyMatch(ClosureExpression.class::isInstance)) {
            refusals.add(
                    text, "a text cannot call a closure of the script back; write ${value} instead of ${-> value}");
        }
        super.visitGStringExpression(text);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        String operator = COMPOSITIONS.get(expression.getOperation().getType());
        if (operator != null && (closure(expression.getLeftExpression()) && closure(expression.getRightExpression()))) {
            refusals.add(
                    expression,
                    operator + " makes a closure that calls closures of the script back, which gives another"
                            + " value; write { x -> g(f(x)) }");
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        if (!declaration.getAnnotations().isEmpty() && closure(declaration.getRightExpression())) {
            refusals.add(
                    declaration,
                    "a closure in a @Field is not transformed and cannot wait; write a method, or set it in the script");
        }
        super.visitDeclarationExpression(declaration);
    }

    private static boolean closure(Expression expression) {
        return expression instanceof ClosureExpression;
    }

    @Override
    protected void visitListOfExpressions(List<? extends Expression> expressions) {
        expressions.stream()
                .filter(SpreadExpression.class::isInstance)
                .forEach(
                        spread -> refusals.add(
                                spread,
                                "* does not spread a list in an orchestration; write [0] + list, or hand over the values one by one"));
        super.visitListOfExpressions(expressions);
    }

    @Override
    public void visitMapEntryExpression(MapEntryExpression entry) {
        if (entry.getKeyExpression() instanceof SpreadMapExpression) {
            refusals.add(entry, "*: does not spread a map in an orchestration; write [b: 2] + map");
        }
        super.visitMapEntryExpression(entry);
    }
}
