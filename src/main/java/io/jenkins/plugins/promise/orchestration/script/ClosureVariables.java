package io.jenkins.plugins.promise.orchestration.script;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.syntax.Types;

/** The variables of a script that hold a closure and nothing else, wherever they are set. */
final class ClosureVariables extends CodeVisitorSupport {
    private final Map<String, ClosureExpression> closures = new HashMap<>();
    private final Set<String> others = new HashSet<>();

    ClosureVariables(ModuleNode script) {
        script.getStatementBlock().visit(this);
        for (ClassNode type : script.getClasses()) {
            for (MethodNode method : type.getMethods()) {
                parameters(method.getParameters());
                if (method.getCode() != null) {
                    method.getCode().visit(this);
                }
            }
        }
    }

    private Optional<ClosureExpression> of(String variable) {
        return others.contains(variable) ? Optional.empty() : Optional.ofNullable(closures.get(variable));
    }

    /** The closure that an argument is, or that the variable holds that it is; nothing if it may be something else. */
    Optional<ClosureExpression> held(Expression argument) {
        if (argument instanceof ClosureExpression closure) {
            return Optional.of(closure);
        }
        return argument instanceof VariableExpression variable ? of(variable.getName()) : Optional.empty();
    }

    private void parameters(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            others.add(parameter.getName());
        }
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        set(declaration.getLeftExpression(), declaration.getRightExpression());
        super.visitDeclarationExpression(declaration);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (Types.ofType(expression.getOperation().getType(), Types.ASSIGNMENT_OPERATOR)) {
            set(expression.getLeftExpression(), expression.getRightExpression());
        }
        super.visitBinaryExpression(expression);
    }

    private void set(Expression left, Expression value) {
        if (left instanceof TupleExpression several) {
            several.getExpressions().forEach(one -> set(one, several));
        } else if (left instanceof VariableExpression variable) {
            if (value instanceof ClosureExpression closure) {
                closures.put(variable.getName(), closure);
            } else {
                others.add(variable.getName());
            }
        }
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        parameters(loop.getVariable());
        super.visitForLoop(loop);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null) {
            parameters(closure.getParameters());
        }
        super.visitClosureExpression(closure);
    }
}
