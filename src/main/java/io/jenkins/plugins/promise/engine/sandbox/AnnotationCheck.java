package io.jenkins.plugins.promise.engine.sandbox;

import io.jenkins.plugins.promise.orchestration.script.Refusals;
import java.util.Set;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Refuses annotations: many of them run code while a script is compiled, before any sandbox sees it. */
public final class AnnotationCheck extends CompilationCustomizer {
    private static final Set<String> HARMLESS = Set.of("NonCPS", "Field", "Override", "Deprecated", "SuppressWarnings");

    /** A check for one compilation, or more. */
    public AnnotationCheck() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        Visitor visitor = new Visitor(source);
        ModuleNode script = source.getAST();
        script.getImports().forEach(visitor::visitAnnotations);
        script.getStarImports().forEach(visitor::visitAnnotations);
        script.getStaticImports().values().forEach(visitor::visitAnnotations);
        script.getStaticStarImports().values().forEach(visitor::visitAnnotations);
        if (script.getPackage() != null) {
            visitor.visitAnnotations(script.getPackage());
        }
        visitor.visitClass(type);
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
        public void visitAnnotations(AnnotatedNode node) {
            node.getAnnotations().forEach(annotation -> {
                ClassNode type = annotation.getClassNode();
                // The compiler adds some, without a line.
                if (annotation.getLineNumber() > 0 && !HARMLESS.contains(type.getNameWithoutPackage())) {
                    new Refusals(source)
                            .add(annotation, "Annotation " + type.getName() + " cannot be used in the sandbox.");
                }
            });
        }
    }
}
