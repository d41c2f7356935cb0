package io.jenkins.plugins.promise.orchestration.script;

import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Refuses what a script may say in Groovy, and what the engine of an orchestration, on a laptop or on Jenkins, would make
 * something else of; each with its line and the way out. It has to come before whatever transforms the tree.
 */
public final class ScriptGuard extends CompilationCustomizer {
    private static final String TRAIT = "Trait";

    /** A guard for one compilation, or more. */
    public ScriptGuard() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        if (type.isEnum()) {
            new Refusals(source).add(type, "an enum cannot be used in an orchestration; use texts, or a map of them");
            return;
        }
        if (type.getAnnotations().stream()
                .anyMatch(a -> a.getClassNode().getName().endsWith(TRAIT))) {
            new Refusals(source)
                    .add(type, "a trait cannot be used in an orchestration; use a class, or methods of the script");
            return;
        }
        ScriptMethods methods = new ScriptMethods(source.getAST());
        ClosureVariables variables = new ClosureVariables(source.getAST());
        Refusals refusals = new Refusals(source);
        if (type.isInterface()) {
            type.getFields().stream()
                    .filter(f -> f.hasInitialExpression() && !(f.getInitialExpression() instanceof ConstantExpression))
                    .forEach(f -> refusals.add(
                            f,
                            "a constant of an interface is made where no sandbox looks; write a value that stands"
                                    + " there as it is, or a method of the script"));
        }
        for (MethodNode method : type.getMethods()) {
            if (method.getCode() == null) {
                continue;
            }
            if (ScriptMethods.plain(method)) {
                method.getCode().visit(new PlainCode(methods, variables, refusals, method.getName()));
            } else {
                method.getCode().visit(new TransformedCode(methods, variables, refusals));
                refuseMethod(type, method, refusals);
            }
        }
    }

    private static void refuseMethod(ClassNode type, MethodNode method, Refusals refusals) {
        if (!type.isScript() && ScriptMethods.calledByJava(method)) {
            refusals.add(
                    method,
                    "Groovy itself calls '" + method.getName() + "' of " + type.getNameWithoutPackage()
                            + ", and cannot where it may wait; write @NonCPS before it");
        }
    }
}
