package io.jenkins.plugins.promise.contract;

import com.google.re2j.Pattern;

/** What jobs and their versions may be called. */
public final class JobName {
    private static final Pattern COMMON = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern VERSION_SUFFIX =
            Pattern.compile("-(v[0-9]{1,9}|dev)-[0-9a-f]{7,64}(-noop(-[0-9a-f]{7})?)?");

    private JobName() {}

    /** Whether this can be a common name: it is a folder's name and part of a URL, and no version's name. */
    public static boolean valid(String name) {
        return COMMON.matches(name) && !looksLikeVersion(name);
    }

    /** Whether this can be the name of a version of some job. */
    public static boolean looksLikeVersion(String name) {
        return Pattern.matches(".+" + VERSION_SUFFIX.pattern(), name);
    }

    /** Whether this can be the name of a version of that job. */
    public static boolean isVersionOf(String version, String name) {
        return version.startsWith(name) && VERSION_SUFFIX.matches(version.substring(name.length()));
    }
}
