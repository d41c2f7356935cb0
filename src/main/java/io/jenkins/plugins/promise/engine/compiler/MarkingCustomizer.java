package io.jenkins.plugins.promise.engine.compiler;

import io.jenkins.plugins.promise.engine.OrchestrationScript;
import io.jenkins.plugins.promise.orchestration.script.ScriptMethods;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Puts a call of {@link OrchestrationScript#mark} before each statement of a script, and into each branch of an if. */
final class MarkingCustomizer extends CompilationCustomizer {
    private final List<MarkedScript.Mark> marks = new ArrayList<>();

    MarkingCustomizer() {
        super(CompilePhase.CONVERSION);
    }

    List<MarkedScript.Mark> marks() {
        return marks;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (!type.isScript()) {
            return;
        }
        Marker marker = new Marker();
        for (MethodNode method : type.getMethods()) {
            // A method that is not CPS-transformed cannot suspend the script.
            if (method.getCode() != null && !ScriptMethods.plain(method)) {
                method.getCode().visit(marker);
            }
        }
    }

    private final class Marker extends CodeVisitorSupport {
        @Override
        public void visitBlockStatement(BlockStatement block) {
            List<Statement> marked = new ArrayList<>();
            for (Statement statement : block.getStatements()) {
                statement.visit(this);
                if (!(statement instanceof EmptyStatement) && statement.getLineNumber() > 0) {
                    marked.add(mark(MarkedScript.Kind.STATEMENT, statement));
                }
                marked.add(statement);
            }
            block.getStatements().clear();
            block.getStatements().addAll(marked);
        }

        @Override
        public void visitIfElse(IfStatement branches) {
            BlockStatement then = block(branches.getIfBlock());
            BlockStatement otherwise = block(branches.getElseBlock());
            branches.getBooleanExpression().visit(this);
            then.visit(this);
            otherwise.visit(this);
            then.getStatements().add(0, mark(MarkedScript.Kind.THEN, branches));
            otherwise.getStatements().add(0, mark(MarkedScript.Kind.ELSE, branches));
            branches.setIfBlock(then);
            branches.setElseBlock(otherwise);
        }

        @Override
        public void visitForLoop(ForStatement loop) {
            loop.setLoopBlock(block(loop.getLoopBlock()));
            super.visitForLoop(loop);
        }

        @Override
        public void visitWhileLoop(WhileStatement loop) {
            loop.setLoopBlock(block(loop.getLoopBlock()));
            super.visitWhileLoop(loop);
        }

        private BlockStatement block(Statement statement) {
            if (statement instanceof BlockStatement block) {
                return block;
            }
            BlockStatement block = new BlockStatement(new ArrayList<>(), new VariableScope());
            if (!(statement instanceof EmptyStatement)) {
                block.addStatement(statement);
                block.setSourcePosition(statement);
            }
            return block;
        }

        private Statement mark(MarkedScript.Kind kind, ASTNode at) {
            MethodCallExpression call = new MethodCallExpression(
                    VariableExpression.THIS_EXPRESSION,
                    "mark",
                    new ArgumentListExpression(new ConstantExpression(marks.size(), true)));
            call.setImplicitThis(true);
            call.setSourcePosition(at);
            Statement statement = new ExpressionStatement(call);
            statement.setSourcePosition(at);
            marks.add(new MarkedScript.Mark(kind, at.getLineNumber()));
            return statement;
        }
    }
}
