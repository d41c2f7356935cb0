package io.jenkins.plugins.promise.suite;

import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.orchestration.Phase;
import io.jenkins.plugins.promise.orchestration.ReportedOutcome;
import io.jenkins.plugins.promise.orchestration.WorkerCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/** Finds what would fail when the script comes to it: inputs that the job does not declare, and arguments that a step has not. */
final class StepCheck extends CodeVisitorSupport {
    private static final Set<String> INPUTS = Set.of("inputs", "params");
    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "worker", WorkerCall.options(),
            "report", ReportedOutcome.options(),
            "phase", Stream.concat(Stream.of("name"), Phase.options().stream()).toList());

    private final Suite.SuiteJob job;
    private final ScriptSource source;
    private final Set<String> declared = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private StepCheck(Suite.SuiteJob job, ScriptSource source) {
        this.job = job;
        this.source = source;
    }

    /** Errors in the script of a job, in its order. */
    static List<Finding> of(Suite.SuiteJob job, ScriptSource source, ModuleNode script) {
        StepCheck check = new StepCheck(job, source);
        List<MethodNode> methods = script.getClasses().stream()
                .map(ClassNode::getMethods)
                .flatMap(List::stream)
                .toList();
        methods.forEach(method -> check.declared.add(method.getName()));
        script.getStatementBlock().visit(check);
        methods.stream()
                .filter(method -> method.getCode() != null && method.getCode() != script.getStatementBlock())
                .forEach(method -> method.getCode().visit(check));
        return check.findings.stream().distinct().toList();
    }

    @Override
    public void visitPropertyExpression(PropertyExpression read) {
        if (inputs(read.getObjectExpression())) {
            checkInput(read.getProperty());
        }
        super.visitPropertyExpression(read);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
                && inputs(expression.getLeftExpression())) {
            checkInput(expression.getRightExpression());
        }
        super.visitBinaryExpression(expression);
    }

    private static boolean inputs(Expression expression) {
        return expression instanceof VariableExpression variable && INPUTS.contains(variable.getName());
    }

    private void checkInput(Expression name) {
        ScriptSource.Location at = source.at(name.getLineNumber());
        // A library serves several jobs, each with inputs of its own.
        if (name instanceof ConstantExpression constant
                && constant.getValue() instanceof String input
                && at.file().startsWith(job.folder() + "/")
                && job.file().contract().input(input) == null) {
            findings.add(Finding.error(
                    at.file(),
                    at.line(),
                    "",
                    "there is no input '" + input + "'"
                            + Nearest.hint(input, job.file().contract().names())
                            + "; declare it under inputs: in job.yaml"));
        }
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String step = call.getMethodAsString();
        if (call.isImplicitThis()
                && step != null
                && ARGUMENTS.containsKey(step)
                && !declared.contains(step)
                && call.getArguments() instanceof TupleExpression arguments) {
            arguments.getExpressions().stream()
                    .filter(MapExpression.class::isInstance)
                    .map(MapExpression.class::cast)
                    .forEach(named -> checkArguments(step, named));
        }
        super.visitMethodCallExpression(call);
    }

    private void checkArguments(String step, MapExpression named) {
        List<String> known = ARGUMENTS.get(step);
        named.getMapEntryExpressions().forEach(entry -> {
            if (entry.getKeyExpression() instanceof ConstantExpression key
                    && key.getValue() instanceof String name
                    && !known.contains(name)) {
                ScriptSource.Location at = source.at(key.getLineNumber());
                findings.add(Finding.error(
                        at.file(),
                        at.line(),
                        step,
                        "has no argument '" + name + "'" + Nearest.hint(name, known) + "; known are "
                                + String.join(", ", known)));
            }
        });
    }
}
