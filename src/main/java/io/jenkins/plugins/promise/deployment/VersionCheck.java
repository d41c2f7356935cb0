package io.jenkins.plugins.promise.deployment;

import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.JobName;
import io.jenkins.plugins.promise.contract.Violation;
import java.util.List;
import java.util.Set;

/** Whether what a bundle says of a version makes sense. */
final class VersionCheck {
    private VersionCheck() {}

    /**
     * Checks one.
     *
     * @param before the versions that stand before it in the bundle
     */
    static void check(Deployed deployed, Set<String> before) throws BrokenBundle {
        if (deployed == null) {
            throw new BrokenBundle("it holds null instead of a version");
        }
        String version = String.valueOf(deployed.version());
        if (deployed.name() == null
                || !JobName.valid(deployed.name())
                || !JobName.isVersionOf(version, deployed.name())) {
            throw new BrokenBundle("'" + version.replaceAll("\\p{Cntrl}", "?") + "' is no version of a job");
        }
        if (before.contains(version)) {
            throw new BrokenBundle("it holds the version " + version + " twice");
        }
        if (deployed.kind() == null
                || deployed.contract() == null
                || deployed.content() == null
                || deployed.script() == null
                || deployed.script().matches(".*[/\\\\].*|\\.*")) {
            throw new BrokenBundle("the version " + version + " lacks its kind, contract, script or content");
        }
        List<Violation> problems = deployed.contract().problems();
        if (!problems.isEmpty()) {
            throw new BrokenBundle("the version " + version + ": " + problems.get(0));
        }
        for (String used : deployed.uses().values()) {
            if (!before.contains(used)) {
                throw new BrokenBundle("the version " + version + " uses " + used + ", which does not stand before it");
            }
        }
        if (deployed.kind() == JobKind.WORKER && !deployed.uses().isEmpty()) {
            throw new BrokenBundle("the version " + version + " is a worker, and workers use no jobs");
        }
    }
}
