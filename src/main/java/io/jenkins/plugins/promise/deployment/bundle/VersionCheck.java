package io.jenkins.plugins.promise.deployment.bundle;

import io.jenkins.plugins.promise.contract.JobKind;
import io.jenkins.plugins.promise.contract.JobName;
import io.jenkins.plugins.promise.contract.Violation;
import io.jenkins.plugins.promise.contract.file.JobFileReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Whether what a bundle says of a version makes sense: what the reader of job files would not have let pass does not. */
public final class VersionCheck {
    private final Deployed deployed;

    private VersionCheck(Deployed deployed) {
        this.deployed = deployed;
    }

    /**
     * Checks one.
     *
     * @param before the versions that it may use
     */
    public static void check(Deployed deployed, Set<String> before) throws BrokenBundle {
        if (deployed == null) {
            throw new BrokenBundle("it holds null instead of a version");
        }
        String version = String.valueOf(deployed.version());
        if (deployed.name() == null
                || !JobName.valid(deployed.name())
                || !JobName.isVersionOf(version, deployed.name())) {
            throw new BrokenBundle(BundleNames.shown(version) + " is no version of a job");
        }
        VersionCheck check = new VersionCheck(deployed);
        check.members();
        check.contract();
        check.uses(before);
    }

    private void members() throws BrokenBundle {
        need(deployed.kind() != null, "lacks its kind");
        need(deployed.contract() != null, "lacks its contract");
        need(
                deployed.script() != null
                        && !deployed.script().contains("/")
                        && BundleNames.problem(List.of(deployed.script())).isEmpty(),
                "lacks its script: it must be the name of a file in the job's own folder");
        need(deployed.content() != null, "lacks its content");
        need(
                ContentDigest.valid(deployed.content()),
                "has a content of another form; compile the suite again with this release of promise");
        need(
                deployed.label() == null || deployed.kind() == JobKind.WORKER,
                "is an orchestration, and only workers have a label");
    }

    private void contract() throws BrokenBundle {
        List<Violation> problems = deployed.contract().problems();
        need(problems.isEmpty(), () -> ": " + problems.get(0));
        Duration deadline = deployed.contract().deadline();
        need(
                deadline == null || JobFileReader.text(deadline).isPresent(),
                () -> ": deadline must be a time such as 90s, 30m, 12h or 7d, not " + deadline);
    }

    private void uses(Set<String> before) throws BrokenBundle {
        for (Map.Entry<String, String> used : deployed.uses().entrySet()) {
            String version = BundleNames.shown(used.getValue());
            need(
                    JobName.isVersionOf(used.getValue(), used.getKey()),
                    () -> ": it uses " + version + " for " + BundleNames.shown(used.getKey())
                            + ", which is no version of it");
            need(before.contains(used.getValue()), () -> "uses " + version + ", which does not stand before it");
        }
        need(deployed.kind() != JobKind.WORKER || deployed.uses().isEmpty(), "is a worker, and workers use no jobs");
    }

    private void need(boolean holds, String otherwise) throws BrokenBundle {
        need(holds, () -> otherwise);
    }

    private void need(boolean holds, Supplier<String> otherwise) throws BrokenBundle {
        if (!holds) {
            String told = otherwise.get();
            throw new BrokenBundle("the version " + deployed.version() + (told.startsWith(":") ? "" : " ") + told);
        }
    }
}
