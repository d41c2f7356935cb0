package io.jenkins.plugins.promise.component;

import java.util.Locale;

/** What is done with a component, in the order in which it is done. */
public enum StepKind {
    /** Makes what is tested and staged. */
    BUILD("Builds"),
    /** Says whether the component is right by itself. */
    TEST("Tests"),
    /** Puts what was built where releases take it from; the same for all environments. */
    STAGE("Stages"),
    /** Makes an environment run it. */
    RELEASE("Releases"),
    /** Prints the commit that an environment really runs. */
    PROBE("Probes"),
    /** Says whether it is right among the others of an environment. */
    INTEGRATION("Tests against an environment");

    private final String does;

    StepKind(String does) {
        this.does = does;
    }

    /** The word for this in a component file, and the end of its worker's name. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, as the beginning of a sentence that ends with the component. */
    public String does() {
        return does;
    }

    /** Whether it is about one environment, and gets that environment's variables. */
    public boolean ofAnEnvironment() {
        return this == RELEASE || this == PROBE || this == INTEGRATION;
    }
}
