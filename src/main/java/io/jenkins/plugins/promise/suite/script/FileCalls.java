package io.jenkins.plugins.promise.suite.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/**
 * Whose files a script's workers are given ({@code files: [built.build]}), where the script itself tells, and the worker's
 * job is a literal.
 */
public final class FileCalls extends CodeVisitorSupport {
    private final PhaseResults results;
    private final List<MethodCallExpression> calls = new ArrayList<>();

    private FileCalls(PhaseResults results) {
        this.results = results;
    }

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
        FileCalls visitor = new FileCalls(PhaseResults.of(script));
        ScriptCode.visit(script, visitor);
        List<Given> given = new ArrayList<>();
        for (MethodCallExpression call : visitor.calls) {
            Expression files = PhaseResults.argument(call, "files");
            List<Expression> results = files instanceof ListExpression list
                    ? list.getExpressions()
                    : files == null ? List.of() : List.of(files);
            results.forEach(
                    result -> visitor.given(result, call.getLineNumber()).ifPresent(given::add));
        }
        return given.stream().distinct().toList();
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (PhaseResults.step(call, "worker")) {
            calls.add(call);
        }
        super.visitMethodCallExpression(call);
    }

    private Optional<Given> given(Expression result, int line) {
        if (result instanceof VariableExpression) {
            return results.worker(result).flatMap(worker -> of(worker, line));
        }
        if (result instanceof PropertyExpression read) {
            return member(read.getObjectExpression(), read.getProperty(), line);
        }
        return result instanceof BinaryExpression read && read.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
                ? member(read.getLeftExpression(), read.getRightExpression(), line)
                : Optional.empty();
    }

    private Optional<Given> member(Expression of, Expression name, int line) {
        Optional<PhaseResults.Declared> declared = results.phase(of);
        if (declared.isEmpty() || !(name instanceof ConstantExpression constant)) {
            return Optional.empty();
        }
        String worker = String.valueOf(constant.getValue());
        MethodCallExpression call = declared.get().calls().get(worker);
        if (call != null) {
            return of(call, line);
        }
        return declared.get().all() ? Optional.of(new Given(worker, null, line)) : Optional.empty();
    }

    private static Optional<Given> of(MethodCallExpression worker, int line) {
        String name = PhaseResults.name(worker);
        String job = PhaseResults.literal(PhaseResults.argument(worker, "job"));
        return name == null || job == null ? Optional.empty() : Optional.of(new Given(name, job, line));
    }
}
