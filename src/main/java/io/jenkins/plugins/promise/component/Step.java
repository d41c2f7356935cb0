package io.jenkins.plugins.promise.component;

/** How one step of a component is done. */
public sealed interface Step {
    /** The line in the component file on which its script begins, or that of its key. */
    int line();

    /**
     * By a script.
     *
     * @param text bash, as the author wrote it
     */
    record Script(String text, int line) implements Step {}

    /**
     * By a job that somebody wrote by hand.
     *
     * @param name its common name
     */
    record Job(String name, int line) implements Step {}
}
