package io.jenkins.plugins.promise.suite.script;

import io.jenkins.plugins.promise.contract.Contract;
import io.jenkins.plugins.promise.contract.Input;
import io.jenkins.plugins.promise.contract.InputType;
import io.jenkins.plugins.promise.contract.yaml.Finding;
import io.jenkins.plugins.promise.contract.yaml.Nearest;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/**
 * Finds values that are others than they look, and that nobody would be told of: <code>${…}</code> in single quotes, where
 * it is those letters; a variable of {@code env} that there is not, or that is a text where the input is none; and the
 * result of a worker that its phase has not, which is null.
 */
public final class MistakenValues extends CodeVisitorSupport {
    private static final String ENV = "env";
    /** What scripts can name anywhere. */
    private static final Set<String> EVERYWHERE = Set.of("inputs", "params", ENV, "currentBuild");

    private static final Pattern NAMED = Pattern.compile("\\$\\{\\s*([A-Za-z_]\\w*)[^}]*}");
    private final Contract contract;
    private final String folder;
    private final ScriptSource source;
    private final List<String> lines;
    private final Set<String> variables;
    private final PhaseResults results;
    private final Set<String> assigned = new HashSet<>();
    private final Meant meant;
    private final List<Finding> findings = new ArrayList<>();

    private MistakenValues(Contract contract, String folder, ScriptSource source, ModuleNode script) {
        this.contract = contract;
        this.folder = folder;
        this.source = source;
        this.lines = source.text().lines().toList();
        this.variables = ScriptVariables.of(script);
        this.results = PhaseResults.of(script);
        this.meant = Meant.of(script);
    }

    /**
     * Warnings of those in the script of a job, in its order.
     *
     * @param folder the job's, relative to the suite
     */
    public static List<Finding> of(Contract contract, String folder, ScriptSource source, ModuleNode script) {
        MistakenValues values = new MistakenValues(contract, folder, source, script);
        ScriptCode.visit(script, values);
        return values.findings.stream().distinct().toList();
    }

    @Override
    public void visitConstantExpression(ConstantExpression constant) {
        int line = constant.getLineNumber();
        if (constant.getValue() instanceof String text
                && line > 0
                && !meant.replaced(constant)
                && inSingleQuotes(constant)) {
            Matcher named = NAMED.matcher(text);
            while (named.find()) {
                String name = named.group(1);
                if ((EVERYWHERE.contains(name) || variables.contains(name)) && !escaped(line, named.group())) {
                    warn(
                            line,
                            named.group() + " stands in single quotes, where it is these letters and no value; write"
                                    + " \"…\" for '…'");
                }
            }
        }
        super.visitConstantExpression(constant);
    }

    private boolean inSingleQuotes(ConstantExpression constant) {
        int line = constant.getLineNumber();
        int column = constant.getColumnNumber();
        return line <= lines.size() && column > 0 && lines.get(line - 1).startsWith("'", column - 1);
    }

    /** Whether somebody has said in that line that it is these letters. */
    private boolean escaped(int line, String letters) {
        return lines.get(line - 1).contains("\\" + letters);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.ASSIGN) {
            assigned(expression.getLeftExpression());
        }
        if (expression.getOperation().getType() == Types.LEFT_SQUARE_BRACKET) {
            read(expression, expression.getLeftExpression(), expression.getRightExpression());
        }
        super.visitBinaryExpression(expression);
    }

    /** What the script itself puts there is there. */
    private void assigned(Expression to) {
        if (to instanceof PropertyExpression member) {
            assigned.add(member.getObjectExpression().getText() + "." + member.getPropertyAsString());
        } else if (to instanceof BinaryExpression member
                && member.getOperation().getType() == Types.LEFT_SQUARE_BRACKET) {
            assigned.add(member.getLeftExpression().getText() + "."
                    + member.getRightExpression().getText());
        }
    }

    @Override
    public void visitPropertyExpression(PropertyExpression read) {
        read(read, read.getObjectExpression(), read.getProperty());
        super.visitPropertyExpression(read);
    }

    private void read(Expression whole, Expression of, Expression member) {
        if (!(of instanceof VariableExpression variable)
                || !(member instanceof ConstantExpression constant)
                || !(constant.getValue() instanceof String name)
                || assigned.contains(variable.getName() + "." + name)) {
            return;
        }
        if (variable.getName().equals(ENV) && !variables.contains(ENV)) {
            environment(whole, member.getLineNumber(), name);
        }
        Optional<PhaseResults.Declared> declared = results.phase(of);
        if (declared.isPresent()
                && declared.get().all()
                && !declared.get().calls().containsKey(name)) {
            Set<String> workers = declared.get().calls().keySet();
            warn(
                    member.getLineNumber(),
                    "the phase has no worker '" + name + "', so that " + variable.getName() + "." + name + " is null"
                            + Nearest.hint(name, workers)
                            + (workers.isEmpty() ? "" : "; it has " + String.join(", ", workers)));
        }
    }

    private void environment(Expression read, int line, String name) {
        Input input = contract.input(name);
        // A library serves several jobs, each with inputs of its own.
        if (!source.at(line).file().startsWith(folder + "/")) {
            return;
        }
        boolean condition = meant.condition(read);
        if (input == null && !condition && !meant.compared(read) && !HostVariables.has(name)) {
            warn(
                    line,
                    "env." + name
                            + " is null, unless whoever runs the controller sets it; an input is read as inputs.NAME"
                            + Nearest.hint(name, contract.names()));
        } else if (input != null && condition && isNoText(input.type())) {
            warn(
                    line,
                    "env." + name + " is a text, also 'false' and '0', which are true in Groovy; write inputs." + name
                            + " for the " + input.type().keyword());
        }
    }

    private static boolean isNoText(InputType type) {
        return type == InputType.BOOLEAN || type == InputType.INTEGER || type == InputType.NUMBER;
    }

    private void warn(int line, String message) {
        ScriptSource.Location at = source.at(line);
        findings.add(Finding.warning(at.file(), at.line(), "", message));
    }
}
