package io.jenkins.plugins.promise.jenkins.job;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps of a common name as many builds as the contract of its newest build's version says, of all versions together:
 * Jenkins' own discarder counts those of one job.
 */
public final class KeptBuilds {
    private static final Logger LOGGER = Logger.getLogger(KeptBuilds.class.getName());

    private final JenkinsCatalog catalog;

    /** The builds of those jobs. */
    public KeptBuilds(JenkinsCatalog catalog) {
        this.catalog = catalog;
    }

    /** A build of a version has ended: the oldest of its common name are deleted, if they are too many now. */
    public void ended(String version) {
        Optional<Deployed> deployed = catalog.resolve(version);
        Integer most = deployed.map(d -> d.contract().keep().builds()).orElse(null);
        if (most == null) {
            return;
        }
        List<Run<?, ?>> builds = new ArrayList<>();
        for (Deployed one : catalog.all()) {
            if (one.name().equals(deployed.get().name())) {
                catalog.present(one.version()).map(Job::getBuilds).ifPresent(found -> found.forEach(builds::add));
            }
        }
        builds.sort(Comparator.comparingLong((Run<?, ?> run) -> run.getTimeInMillis())
                .reversed());
        builds.stream().skip(most).filter(run -> !run.isBuilding()).forEach(KeptBuilds::delete);
    }

    private static void delete(Run<?, ?> run) {
        try {
            run.delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the build " + run + " stays, though newer ones are kept instead", e);
        }
    }
}
