package io.jenkins.plugins.promise.environment;

/** The job that releases manifests to an environment: how it is called, and what it is given. */
public final class ReleaseJob {
    /** The input that takes the id of a manifest. */
    public static final String MANIFEST = "MANIFEST";

    /** The input that tells whether that manifest was there before. */
    public static final String ROLL_BACK = "ROLL_BACK";

    private static final String STEP = "release";

    private ReleaseJob() {}

    /** What it is called, if there is one. */
    public static String name(String environment) {
        return environment + "-" + STEP;
    }
}
