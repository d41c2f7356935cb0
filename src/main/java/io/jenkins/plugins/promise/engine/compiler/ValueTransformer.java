package io.jenkins.plugins.promise.engine.compiler;

import com.cloudbees.groovy.cps.CpsTransformer;
import java.util.List;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.Janitor;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.runtime.powerassert.PowerAssertionError;
import org.codehaus.groovy.runtime.powerassert.SourceText;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** Mends what groovy-cps 1.31 loses, and later ones do not: the value of an assignment, and the line of an assertion. */
class ValueTransformer extends CpsTransformer {
    private SourceUnit source;
    /** The expression that stands alone as a statement, so that nobody sees its value; null if none does. */
    private Expression unseen;

    private int values;

    @Override
    public void call(SourceUnit unit, GeneratorContext context, ClassNode type) {
        source = unit;
        super.call(unit, context, type);
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
        makeNode("block", () -> {
            List<Statement> statements = block.getStatements();
            for (int i = 0; i < statements.size(); i++) {
                // The last statement of a closure or method is its value.
                boolean last = i == statements.size() - 1;
                unseen = !last && statements.get(i) instanceof ExpressionStatement alone ? alone.getExpression() : null;
                visit(statements.get(i));
            }
        });
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression == unseen
                || expression.getLeftExpression() instanceof TupleExpression
                || !Types.ofType(expression.getOperation().getType(), Types.ASSIGNMENT_OPERATOR)) {
            super.visitBinaryExpression(expression);
        } else if (expression.getLeftExpression() instanceof VariableExpression
                || expression.getOperation().getType() != Types.EQUAL) {
            makeNode("sequence", () -> {
                super.visitBinaryExpression(expression);
                visit(expression.getLeftExpression());
            });
        } else {
            visitKept(expression);
        }
    }

    /** What is set may be another one when it is read again; so the value is kept. */
    private void visitKept(BinaryExpression assignment) {
        VariableExpression value = new VariableExpression("___value___" + values++);
        value.setAccessedVariable(value);
        value.setSourcePosition(assignment);
        DeclarationExpression declared =
                new DeclarationExpression(value, assignment.getOperation(), assignment.getRightExpression());
        declared.setSourcePosition(assignment);
        BinaryExpression set = new BinaryExpression(assignment.getLeftExpression(), assignment.getOperation(), value);
        set.setSourcePosition(assignment);
        makeNode("sequence", () -> {
            visit(declared);
            super.visitBinaryExpression(set);
            visit(value);
        });
    }

    /** An assertion that fails is thrown as any exception is, so that its line is known. */
    @Override
    public void visitAssertStatement(AssertStatement statement) {
        Janitor janitor = new Janitor();
        String text = new SourceText(statement, source, janitor).getNormalizedText();
        janitor.cleanup();
        Expression told = new ConstantExpression(text);
        if (!(statement.getMessageExpression() instanceof ConstantExpression none && none.isNullExpression())) {
            told = new BinaryExpression(
                    new ConstantExpression(text + ": "),
                    Token.newSymbol(Types.PLUS, -1, -1),
                    statement.getMessageExpression());
            told.setSourcePosition(statement);
        }
        ConstructorCallExpression failure = new ConstructorCallExpression(
                ClassHelper.make(PowerAssertionError.class), new ArgumentListExpression(told));
        failure.setSourcePosition(statement);
        ThrowStatement thrown = new ThrowStatement(failure);
        thrown.setSourcePosition(statement);
        visit(new IfStatement(statement.getBooleanExpression(), new BlockStatement(), thrown));
    }
}
