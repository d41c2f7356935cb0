package io.jenkins.plugins.promise.engine.compiler;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import com.cloudbees.groovy.cps.sandbox.Untrusted;
import io.jenkins.plugins.promise.engine.BodyClosure;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
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
import org.kohsuke.groovy.sandbox.SandboxTransformer;

/**
 * Transforms a script: what may wait into continuations, and what may not into calls that the sandbox sees. groovy-cps has
 * one like it, for a later groovy-sandbox than Maven Central has.
 */
final class ScriptTransformer extends CpsTransformer {
    private final SandboxTransformer sandbox = new SandboxTransformer();
    private ClassCodeExpressionTransformer visitor;
    private SourceUnit source;

    ScriptTransformer() {
        setConfiguration(new TransformerConfiguration().withClosureType(BodyClosure.class));
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        this.source = source;
        visitor = sandbox.createVisitor(source, type);
        type.getMethods().forEach(this::seeDefaults);
        type.getDeclaredConstructors().forEach(this::seeDefaults);
        if (type.isInterface()) {
            // Its constants are made by code, too.
            type.getFields().forEach(visitor::visitField);
        }
        super.call(source, context, type);
    }

    /** What stands for a missing argument is not transformed, so the sandbox has to see it. */
    private void seeDefaults(MethodNode method) {
        for (Parameter parameter : method.getParameters()) {
            if (parameter.hasInitialExpression()) {
                parameter.setInitialExpression(visitor.transform(parameter.getInitialExpression()));
            }
        }
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

    @Override
    protected void processConstructors(ClassNode type) {
        sandbox.processConstructors(visitor, type);
    }

    @Override
    protected void visitNontransformedMethod(MethodNode method) {
        visitor.visitMethod(method);
    }

    @Override
    protected void visitNontransformedField(FieldNode field) {
        visitor.visitField(field);
    }

    @Override
    protected void visitNontransformedStatement(Statement statement) {
        statement.visit(visitor);
    }

    @Override
    @SuppressWarnings("rawtypes") // groovy-cps declares it so
    protected Class getTrustTag() {
        return Untrusted.class;
    }
}
