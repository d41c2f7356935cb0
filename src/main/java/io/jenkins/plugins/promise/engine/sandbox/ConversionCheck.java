package io.jenkins.plugins.promise.engine.sandbox;

import io.jenkins.plugins.promise.orchestration.script.Refusals;
import java.util.Arrays;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Refuses conversions that would make what a script may not make: Groovy turns a list into an object of whatever type is
 * declared, by its constructor, and nobody sees that call.
 */
public final class ConversionCheck extends CompilationCustomizer {
    private static final ClassNode FAILURE = ClassHelper.make(Throwable.class);

    /** A check for one compilation, or more. */
    public ConversionCheck() {
        super(CompilePhase.SEMANTIC_ANALYSIS);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        new Visitor(source).visitClass(type);
    }

    private static final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;

        private Visitor(SourceUnit source) {
            this.source = source;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        @Override
        protected void visitConstructorOrMethod(MethodNode method, boolean constructor) {
            if (method.getName().equals("finalize") && method.getParameters().length == 0) {
                new Refusals(source).add(method, "Sandboxed code may not override Object.finalize()");
            }
            check(method.getReturnType(), method);
            check(method.getParameters());
            super.visitConstructorOrMethod(method, constructor);
        }

        @Override
        public void visitField(FieldNode field) {
            check(field.getType(), field);
            super.visitField(field);
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            if (closure.getParameters() != null) {
                check(closure.getParameters());
                if (Arrays.stream(closure.getParameters()).anyMatch(Parameter::hasInitialExpression)) {
                    // Nobody would see what it calls.
                    refuse(closure, "a default of a closure's parameter");
                }
            }
            super.visitClosureExpression(closure);
        }

        @Override
        public void visitForLoop(ForStatement loop) {
            check(loop.getVariable());
            super.visitForLoop(loop);
        }

        @Override
        public void visitCastExpression(CastExpression cast) {
            check(cast.getType(), cast);
            super.visitCastExpression(cast);
        }

        @Override
        public void visitDeclarationExpression(DeclarationExpression declaration) {
            if (declaration.isMultipleAssignmentDeclaration()) {
                for (Expression each : declaration.getTupleExpression().getExpressions()) {
                    check(((Variable) each).getType(), declaration);
                }
            } else {
                check(declaration.getVariableExpression().getType(), declaration);
            }
            super.visitDeclarationExpression(declaration);
        }

        private void check(Parameter... parameters) {
            for (Parameter parameter : parameters) {
                check(parameter.getType(), parameter);
            }
        }

        private void check(ClassNode type, ASTNode at) {
            ClassNode plain = type;
            while (plain.isArray()) {
                plain = plain.getComponentType();
            }
            if (!ClassHelper.isPrimitiveType(plain)
                    && !plain.isGenericsPlaceHolder()
                    && !plain.redirect().isPrimaryClassNode()
                    && !plain.isDerivedFrom(FAILURE)
                    && !Allowed.LIST.named(plain.getName())) {
                refuse(at, "new " + plain.getName());
            }
        }

        private void refuse(ASTNode at, String member) {
            new Refusals(source).add(at, new NotPermitted(member).getMessage());
        }
    }
}
