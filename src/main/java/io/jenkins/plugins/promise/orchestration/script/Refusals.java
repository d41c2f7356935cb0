package io.jenkins.plugins.promise.orchestration.script;

import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.SyntaxException;

/** Tells the compiler what is refused. */
public final class Refusals {
    private final SourceUnit source;

    /** What is refused of that source. */
    public Refusals(SourceUnit source) {
        this.source = source;
    }

    /** Refuses what is there. */
    public void add(ASTNode at, String message) {
        source.addError(new SyntaxException(message, at.getLineNumber(), at.getColumnNumber()));
    }
}
