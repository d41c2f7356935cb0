package io.jenkins.plugins.promise.jenkins.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * A common name with its versions, on the page of a suite.
 *
 * @param name the common name
 * @param versions what it stands for first, and then the newest; at least one
 * @param users the common names that call it, as they are now
 */
public record SuiteJob(String name, List<SuiteVersion> versions, List<String> users) {
    /** Copies what it is given. */
    public SuiteJob {
        versions = new ArrayList<>(versions);
        users = new ArrayList<>(users);
    }

    /** The common name. */
    public String getName() {
        return name;
    }

    /** What it stands for; or its newest version that is shown. */
    public SuiteVersion getLatest() {
        return versions.get(0);
    }

    /** The other versions. */
    public List<SuiteVersion> getOthers() {
        return versions.subList(1, versions.size());
    }

    /** Who calls it. */
    public List<String> getUsers() {
        return users;
    }
}
