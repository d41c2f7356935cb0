package io.jenkins.plugins.promise.orchestration.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** What is wrong with a script, without an engine that could compile it. */
public final class ScriptProblems {
    /** Would fetch what a script names, before anybody has looked at it. */
    private static final String GRAB = "groovy.grape.GrabAnnotationTransformation";

    private ScriptProblems() {}

    /** What the parser and the {@link ScriptGuard} find, in the order of the lines; none if there is nothing. */
    public static List<ScriptProblem> in(String script) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setDisabledGlobalASTTransformations(Set.of(GRAB));
        configuration.addCompilationCustomizers(new ScriptGuard());
        CompilationUnit unit = new CompilationUnit(configuration);
        unit.addSource("script.groovy", script);
        try {
            unit.compile(Phases.CONVERSION);
            return List.of();
        } catch (MultipleCompilationErrorsException e) {
            return told(e);
        } catch (StackOverflowError | GroovyBugError e) {
            // Scripts of strangers are looked at, too.
            return List.of(new ScriptProblem(
                    1,
                    "is nested too deeply, or breaks the parser: "
                            + e.getClass().getSimpleName()));
        }
    }

    private static List<ScriptProblem> told(MultipleCompilationErrorsException cause) {
        List<ScriptProblem> problems = new ArrayList<>();
        for (Object message : cause.getErrorCollector().getErrors()) {
            if (message instanceof SyntaxErrorMessage syntax) {
                SyntaxException e = syntax.getCause();
                String text = e.getOriginalMessage() == null ? e.getMessage() : e.getOriginalMessage();
                problems.add(
                        new ScriptProblem(e.getLine(), text.lines().findFirst().orElse("")));
            }
        }
        if (problems.isEmpty()) {
            problems.add(new ScriptProblem(1, String.valueOf(cause.getMessage())));
        }
        problems.sort(Comparator.comparingInt(ScriptProblem::line));
        return problems;
    }
}
