package io.jenkins.plugins.promise.suite.script;

import java.util.List;
import org.codehaus.groovy.ast.GroovyCodeVisitor;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;

/** All code of a script, each part once: its own statements, and those of the methods that it declares. */
final class ScriptCode {
    private ScriptCode() {}

    /** Has all of it visited. */
    static void visit(ModuleNode script, GroovyCodeVisitor visitor) {
        script.getStatementBlock().visit(visitor);
        methods(script).forEach(method -> method.getCode().visit(visitor));
    }

    /** The methods of the script and its classes that have code, but for the one that Groovy makes of its statements. */
    static List<MethodNode> methods(ModuleNode script) {
        return script.getClasses().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getCode() != null && method.getCode() != script.getStatementBlock())
                .toList();
    }
}
