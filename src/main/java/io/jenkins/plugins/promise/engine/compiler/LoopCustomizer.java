package io.jenkins.plugins.promise.engine.compiler;

import io.jenkins.plugins.promise.engine.Slice;
import io.jenkins.plugins.promise.orchestration.script.ScriptMethods;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.LoopingStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Lets every loop of a script look whether it is to end, and in {@code @NonCPS} code every closure and method too. Groovy's
 * own {@code @ThreadInterrupt} does it without the line, which the author of an endless loop wants to know.
 */
final class LoopCustomizer extends CompilationCustomizer {
    LoopCustomizer() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        new Visitor(source).visitClass(type);
    }

    private static final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;
        private boolean inPlain;

        private Visitor(SourceUnit source) {
            this.source = source;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        @Override
        public void visitMethod(MethodNode method) {
            inPlain = ScriptMethods.plain(method);
            super.visitMethod(method);
            if (inPlain && method.getCode() != null) {
                method.setCode(checked(method.getCode(), method));
            }
            inPlain = false;
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            super.visitClosureExpression(closure);
            if (inPlain) {
                closure.setCode(checked(closure.getCode(), closure));
            }
        }

        @Override
        public void visitForLoop(ForStatement loop) {
            super.visitForLoop(loop);
            check(loop, loop);
        }

        @Override
        public void visitWhileLoop(WhileStatement loop) {
            super.visitWhileLoop(loop);
            check(loop, loop);
        }

        @Override
        public void visitDoWhileLoop(DoWhileStatement loop) {
            super.visitDoWhileLoop(loop);
            check(loop, loop);
        }

        private static void check(LoopingStatement loop, ASTNode at) {
            loop.setLoopBlock(checked(loop.getLoopBlock(), at));
        }

        /** The same with a look in front. */
        private static Statement checked(Statement body, ASTNode at) {
            MethodCallExpression call = new MethodCallExpression(
                    new ClassExpression(ClassHelper.make(Slice.class)), "check", MethodCallExpression.NO_ARGUMENTS);
            call.setImplicitThis(false);
            call.setSourcePosition(at);
            Statement look = new ExpressionStatement(call);
            look.setSourcePosition(at);
            if (body instanceof BlockStatement block) {
                block.getStatements().add(0, look);
                return block;
            }
            List<Statement> both = new ArrayList<>(List.of(look));
            if (!(body instanceof EmptyStatement)) {
                both.add(body);
            }
            BlockStatement block = new BlockStatement(both, new VariableScope());
            block.setSourcePosition(at);
            return block;
        }
    }
}
