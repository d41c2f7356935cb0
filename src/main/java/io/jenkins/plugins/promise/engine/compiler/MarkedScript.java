package io.jenkins.plugins.promise.engine.compiler;

import io.jenkins.plugins.promise.engine.ProgramHost;
import java.util.ArrayList;
import java.util.List;

/**
 * A script that tells where it comes to.
 *
 * @param script the script
 * @param marks what {@link ProgramHost#marked} is told of, by number
 */
public record MarkedScript(CompiledScript script, List<Mark> marks) {
    /** Copies what it is given. */
    public MarkedScript {
        marks = new ArrayList<>(marks);
    }

    /** What is marked. */
    public enum Kind {
        /** A statement. */
        STATEMENT,
        /** What is done where the condition of an {@code if} holds. */
        THEN,
        /** What is done where it does not hold, even if that is nothing. */
        ELSE
    }

    /**
     * A place in a script.
     *
     * @param kind what is there
     * @param line in the script's text, counted from 1
     */
    public record Mark(Kind kind, int line) {}
}
