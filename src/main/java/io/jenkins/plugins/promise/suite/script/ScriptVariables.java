package io.jenkins.plugins.promise.suite.script;

import java.util.HashSet;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.FieldNode;
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

/** The names of all that a script declares or sets, wherever it does. */
final class ScriptVariables extends CodeVisitorSupport {
    private final Set<String> names = new HashSet<>();

    static Set<String> of(ModuleNode script) {
        ScriptVariables variables = new ScriptVariables();
        script.getStatementBlock().visit(variables);
        for (ClassNode type : script.getClasses()) {
            type.getFields().stream().map(FieldNode::getName).forEach(variables.names::add);
            for (MethodNode method : type.getMethods()) {
                variables.add(method.getParameters());
                if (method.getCode() != null) {
                    method.getCode().visit(variables);
                }
            }
        }
        return variables.names;
    }

    private void add(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            names.add(parameter.getName());
        }
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        set(declaration.getLeftExpression());
        super.visitDeclarationExpression(declaration);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.EQUAL) {
            set(expression.getLeftExpression());
        }
        super.visitBinaryExpression(expression);
    }

    private void set(Expression left) {
        if (left instanceof VariableExpression variable) {
            names.add(variable.getName());
        } else if (left instanceof TupleExpression several) {
            several.getExpressions().forEach(this::set);
        }
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        add(loop.getVariable());
        super.visitForLoop(loop);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null) {
            add(closure.getParameters());
        }
        super.visitClosureExpression(closure);
    }
}
