package io.jenkins.plugins.promise.engine.compiler;

import com.cloudbees.groovy.cps.TransformerConfiguration;
import com.cloudbees.groovy.cps.sandbox.Untrusted;
import io.jenkins.plugins.promise.engine.BodyClosure;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.SourceUnit;
import org.kohsuke.groovy.sandbox.SandboxTransformer;

/**
 * Transforms a script: what may wait into continuations, and what may not into calls that the sandbox sees. groovy-cps has
 * one like it, for a later groovy-sandbox than Maven Central has.
 */
final class ScriptTransformer extends ValueTransformer {
    private final SandboxTransformer sandbox = new SandboxTransformer();
    private ClassCodeExpressionTransformer visitor;

    ScriptTransformer() {
        setConfiguration(new TransformerConfiguration().withClosureType(BodyClosure.class));
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
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
                parameter.setInitialExpression(seen(parameter.getInitialExpression(), method));
            }
        }
    }

    /** The library sees only whole methods. */
    private Expression seen(Expression expression, MethodNode method) {
        ExpressionStatement statement = new ExpressionStatement(expression);
        MethodNode alone = new MethodNode(
                method.getName(),
                method.getModifiers(),
                ClassHelper.OBJECT_TYPE,
                method.getParameters(),
                ClassNode.EMPTY_ARRAY,
                statement);
        alone.setDeclaringClass(method.getDeclaringClass());
        visitor.visitMethod(alone);
        return statement.getExpression();
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
