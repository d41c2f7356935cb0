package io.jenkins.plugins.promise.orchestration.script;

import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.SyntaxException;

/** Tells the compiler what is refused. */
final class Refusals {
    private final SourceUnit source;

    Refusals(SourceUnit source) {
        this.source = source;
    }

    void add(ASTNode at, String message) {
        source.addError(new SyntaxException(message, at.getLineNumber(), at.getColumnNumber()));
    }
}
