package io.jenkins.plugins.promise.engine.compiler;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import io.jenkins.plugins.promise.deployment.bundle.ScriptSource;
import io.jenkins.plugins.promise.engine.BodyClosure;
import io.jenkins.plugins.promise.engine.Program;
import io.jenkins.plugins.promise.engine.sandbox.AnnotationCheck;
import io.jenkins.plugins.promise.engine.sandbox.ConversionCheck;
import io.jenkins.plugins.promise.orchestration.script.ScriptGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** Compiles scripts for {@link Program}; the steps are compiled once. */
public final class OrchestrationCompiler {
    private static final String STEPS = "Steps.groovy";
    private static final String GRAB = "groovy.grape.GrabAnnotationTransformation";
    /** The class that a script becomes, under the name that Pipeline gives it; no variable of a script is called so. */
    private static final String UNIT = "WorkflowScript.groovy";

    private final GroovyClassLoader steps;

    /** Compiles the steps. */
    public OrchestrationCompiler() {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.addCompilationCustomizers(transformer());
        steps = new GroovyClassLoader(OrchestrationCompiler.class.getClassLoader(), configuration);
        try (InputStream source = OrchestrationCompiler.class.getResourceAsStream(STEPS)) {
            steps.parseClass(
                    new GroovyCodeSource(new String(source.readAllBytes(), StandardCharsets.UTF_8), STEPS, "/promise"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compiles a script.
     *
     * @throws ScriptErrors if it does not compile
     */
    public CompiledScript compile(ScriptSource source) throws ScriptErrors {
        return compile(source, configuration(new LoopCustomizer()));
    }

    /**
     * Compiles a script so that its host is told which lines and branches it comes to; else it is the same.
     *
     * @throws ScriptErrors if it does not compile
     */
    public MarkedScript compileMarked(ScriptSource source) throws ScriptErrors {
        MarkingCustomizer marking = new MarkingCustomizer();
        return new MarkedScript(compile(source, configuration(marking, new LoopCustomizer())), marking.marks());
    }

    /** What looks at a script stands before what changes it. */
    private static CompilerConfiguration configuration(CompilationCustomizer... changes) {
        CompilerConfiguration configuration = untouched();
        configuration.addCompilationCustomizers(
                new ScriptGuard(), new AnnotationCheck(), new ConversionCheck(), imports());
        configuration.addCompilationCustomizers(changes);
        configuration.addCompilationCustomizers(new ScriptTransformer());
        return configuration;
    }

    /** {@code @Grab} would fetch what it names while the script is compiled. */
    private static CompilerConfiguration untouched() {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setDisabledGlobalASTTransformations(Set.of(GRAB));
        return configuration;
    }

    private CompiledScript compile(ScriptSource source, CompilerConfiguration configuration) throws ScriptErrors {
        configuration.setSourceEncoding(StandardCharsets.UTF_8.name());
        configuration.setScriptBaseClass(OrchestrationCompiler.class.getPackageName() + ".Steps");
        GroovyClassLoader loader = new GroovyClassLoader(steps, configuration);
        try {
            Class<?> type = loader.parseClass(new GroovyCodeSource(source.text(), UNIT, "/promise"), false);
            if (!Script.class.isAssignableFrom(type)) {
                throw new ScriptErrors(source, 1, "must be a script: statements, not only a class");
            }
            return new CompiledScript(type.asSubclass(Script.class), loader, UNIT, source);
        } catch (MultipleCompilationErrorsException e) {
            refuseBrokenParts(source);
            throw new ScriptErrors(source, e);
        }
    }

    /** What one file leaves open the parser would find in the next; so each must be good by itself first. */
    private static void refuseBrokenParts(ScriptSource source) throws ScriptErrors {
        for (ScriptSource.Part part : source.parts()) {
            ScriptSource alone = ScriptSource.of(part.file(), part.text());
            CompilationUnit unit = new CompilationUnit(untouched());
            unit.addSource(UNIT, alone.text());
            try {
                unit.compile(Phases.CONVERSION);
            } catch (MultipleCompilationErrorsException e) {
                throw new ScriptErrors(alone, e);
            }
        }
    }

    /** As in Pipeline, {@code @NonCPS} needs no import. */
    private static CompilationCustomizer imports() {
        return new ImportCustomizer().addImports(NonCPS.class.getName());
    }

    private static CompilationCustomizer transformer() {
        CpsTransformer transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(BodyClosure.class));
        return transformer;
    }
}
