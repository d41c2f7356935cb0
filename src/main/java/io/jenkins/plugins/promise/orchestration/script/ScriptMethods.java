package io.jenkins.plugins.promise.orchestration.script;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;

/** The methods of a script and of its classes. */
public final class ScriptMethods {
    private static final String PLAIN = "NonCPS";
    /** What Java and Groovy call of an object without being asked, with the number of arguments. */
    private static final Map<String, Integer> CALLED_BY_JAVA =
            Map.of("toString", 0, "equals", 1, "hashCode", 0, "compareTo", 1, "compare", 2, "asBoolean", 0);

    private static final Set<String> STEPS =
            Set.of("worker", "phase", "report", "parallel", "sleep", "stage", "retry", "timeout", "catchError");

    private final Set<String> all = new HashSet<>();
    private final Set<String> plain = new HashSet<>();
    /** Those of the script itself that may wait. */
    private final Set<String> waiting = new HashSet<>();

    ScriptMethods(ModuleNode script) {
        for (ClassNode type : script.getClasses()) {
            for (MethodNode method : type.getMethods()) {
                all.add(method.getName());
                if (plain(method)) {
                    plain.add(method.getName());
                } else if (type.isScript()) {
                    waiting.add(method.getName());
                }
            }
        }
    }

    /** Whether a method is not transformed: it has {@code @NonCPS}. */
    public static boolean plain(MethodNode method) {
        return method.getAnnotations().stream()
                .map(AnnotationNode::getClassNode)
                .anyMatch(a -> a.getNameWithoutPackage().equals(PLAIN));
    }

    static boolean calledByJava(MethodNode method) {
        return Integer.valueOf(method.getParameters().length).equals(CALLED_BY_JAVA.get(method.getName()));
    }

    /** Whether the script has a method of that name. */
    boolean declares(String name) {
        return all.contains(name);
    }

    /** Whether all its methods of that name are not transformed. */
    boolean plain(String name) {
        return plain.contains(name) && !waiting.contains(name);
    }

    /** Whether to call it by itself is to wait. */
    boolean waits(String name) {
        boolean own = waiting.contains(name) && !plain.contains(name);
        return own || (STEPS.contains(name) && !all.contains(name));
    }
}
