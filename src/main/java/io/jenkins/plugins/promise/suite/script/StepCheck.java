package io.jenkins.plugins.promise.suite.script;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/**
 * Finds what would fail when the script comes to it: inputs that the job does not declare, steps that there are not,
 * arguments that a step has not, and what is said twice.
 */
public final class StepCheck extends CodeVisitorSupport {
    private static final Set<String> INPUTS = Set.of("inputs", "params");
    /** Their closures call the methods of what they are called on. */
    private static final Set<String> OF_ANOTHER_OBJECT = Set.of("with", "tap");

    private final Contract contract;
    private final String folder;
    private final ScriptSource source;
    private final Set<String> declared = new HashSet<>();
    private final Set<String> variables;
    private final List<Finding> findings = new ArrayList<>();
    private boolean inScript = true;
    private int ofAnotherObject;

    private StepCheck(Contract contract, String folder, ScriptSource source, Set<String> variables) {
        this.contract = contract;
        this.folder = folder;
        this.source = source;
        this.variables = variables;
    }

    /**
     * What is wrong in the script of a job, in its order.
     *
     * @param folder the job's, relative to the suite
     */
    public static List<Finding> of(Contract contract, String folder, ScriptSource source, ModuleNode script) {
        StepCheck check = new StepCheck(contract, folder, source, ScriptVariables.of(script));
        for (ClassNode type : script.getClasses()) {
            type.getMethods().forEach(method -> check.declared.add(method.getName()));
        }
        script.getStatementBlock().visit(check);
        for (MethodNode method : ScriptCode.methods(script)) {
            check.inScript = method.getDeclaringClass().isScript();
            method.getCode().visit(check);
        }
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
                && at.file().startsWith(folder + "/")
                && contract.input(input) == null) {
            findings.add(Finding.error(
                    at.file(),
                    at.line(),
                    "",
                    "there is no input '" + input + "'" + Nearest.hint(input, contract.names())
                            + "; declare it under inputs: in job.yaml"));
        }
    }

    @Override
    public void visitMapExpression(MapExpression map) {
        Set<Object> keys = new HashSet<>();
        map.getMapEntryExpressions().forEach(entry -> {
            if (entry.getKeyExpression() instanceof ConstantExpression key && !keys.add(key.getValue())) {
                error(key, "", "'" + key.getValue() + "' is given twice, and only the last one would count");
            }
        });
        super.visitMapExpression(map);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.getMethodAsString();
        if (call.isImplicitThis() && name != null && !declared.contains(name)) {
            checkStep(call, name);
        }
        boolean another = !call.isImplicitThis() && OF_ANOTHER_OBJECT.contains(String.valueOf(name));
        ofAnotherObject += another ? 1 : 0;
        super.visitMethodCallExpression(call);
        ofAnotherObject -= another ? 1 : 0;
    }

    private void checkStep(MethodCallExpression call, String step) {
        if (!KnownSteps.everywhere(step)) {
            unknown(call, step);
        }
        if (KnownSteps.arguments(step).isPresent() && call.getArguments() instanceof TupleExpression arguments) {
            for (Expression argument : arguments.getExpressions()) {
                if (argument instanceof MapExpression named) {
                    checkArguments(step, named);
                }
                if (argument instanceof ClosureExpression body && step.equals("phase")) {
                    PhaseBody.twice(body)
                            .forEach((worker, name) -> error(
                                    worker,
                                    step,
                                    "has two workers named '" + name
                                            + "'; give one of them another name with as: '…'"));
                }
            }
        }
    }

    /** A variable may hold a closure, and the methods of an object are not known here. */
    private void unknown(MethodCallExpression call, String step) {
        if (!inScript || call.getLineNumber() < 1 || ofAnotherObject > 0 || variables.contains(step)) {
            return;
        }
        ScriptSource.Location at = source.at(call.getLineNumber());
        String near = Nearest.hint(step, KnownSteps.names());
        if (KnownSteps.onlyOnJenkins(step)) {
            findings.add(Finding.warning(
                    at.file(),
                    at.line(),
                    step,
                    "is a step of Jenkins, which the local controller does not have; " + KnownSteps.insteadOf(step)));
        } else if (near.isEmpty()) {
            findings.add(Finding.warning(
                    at.file(),
                    at.line(),
                    step,
                    "is neither a step of promise jobs nor a method of this script; only a plugin of Jenkins could"
                            + " have it"));
        } else {
            findings.add(Finding.error(at.file(), at.line(), step, "there is no step '" + step + "'" + near));
        }
    }

    private void checkArguments(String step, MapExpression named) {
        if (step.equals("report")) {
            checkData(named);
        }
        KnownSteps.arguments(step)
                .ifPresent(known -> named.getMapEntryExpressions().forEach(entry -> {
                    if (entry.getKeyExpression() instanceof ConstantExpression key
                            && key.getValue() instanceof String name) {
                        if (!known.contains(name)) {
                            error(
                                    key,
                                    step,
                                    "has no argument '" + name + "'" + Nearest.hint(name, known) + "; known are "
                                            + String.join(", ", known));
                        } else if (entry.getValueExpression() instanceof ConstantExpression value
                                && value.getValue() != null) {
                            KnownSteps.problem(step, name, value.getValue())
                                    .ifPresent(problem -> error(value, "", problem));
                        }
                    }
                }));
    }

    /** Data that do not fit the job's own contract would be a failure whatever its workers do. */
    private void checkData(MapExpression report) {
        Map<Object, Expression> given = new HashMap<>();
        report.getMapEntryExpressions().forEach(entry -> {
            if (entry.getKeyExpression() instanceof ConstantExpression key) {
                given.put(key.getValue(), entry.getValueExpression());
            }
        });
        Expression data = given.get("data");
        boolean success = !given.containsKey("status")
                || (given.get("status") instanceof ConstantExpression status
                        && ReportStatus.SUCCESS.name().equals(status.getValue()));
        Literal literal = data == null || !success ? null : Literal.of(data);
        if (literal != null && contract.outputs() != null) {
            Outcome said = Outcome.success("", Json.mapper().valueToTree(literal.value()));
            Outcome checked = said.checkedAgainst(contract.outputs());
            if (!checked.equals(said)) {
                error(data, "report", checked.reason());
            }
        }
    }

    private void error(ASTNode where, String field, String message) {
        ScriptSource.Location at = source.at(where.getLineNumber());
        findings.add(Finding.error(at.file(), at.line(), field, message));
    }
}
