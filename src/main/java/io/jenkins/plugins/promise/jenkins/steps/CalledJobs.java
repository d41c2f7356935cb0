package io.jenkins.plugins.promise.jenkins.steps;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.job.JenkinsCatalog;
import io.jenkins.plugins.promise.jenkins.job.PromiseContract;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * The jobs that an orchestration's calls mean, as whoever its build acts for sees them: they are looked up on Pipeline's
 * own thread, which acts for them, as those of the step {@code build} are.
 */
final class CalledJobs {
    private final Run<?, ?> build;
    private final JenkinsCatalog catalog = JenkinsController.get().catalog();

    CalledJobs(Run<?, ?> build) {
        this.build = build;
    }

    /**
     * The version, or the full name, of the job that a call means.
     *
     * @throws Refused if there is none that may be seen
     * @throws AbortException if it may not be built
     */
    String allowed(String name) throws Refused, AbortException {
        Deployed meant = find(name).orElseThrow(() -> unknown(name));
        Optional<Job<?, ?>> job = catalog.item(meant.version());
        if (job.isEmpty() || job.get().hasPermission(Item.BUILD)) {
            // A version without a job here is built by nobody, and its promise says why.
            return meant.version();
        }
        if (job.get().hasPermission(Item.READ)) {
            throw missing(Item.BUILD, name);
        }
        if (job.get().hasPermission(Item.DISCOVER)) {
            throw missing(Item.READ, name);
        }
        throw unknown(name);
    }

    /** The job that a call means; nothing if there is none that may be seen. */
    Optional<Deployed> seen(String name) {
        try {
            return find(name).filter(this::readable);
        } catch (Refused | AbortException e) {
            return Optional.empty();
        }
    }

    /** What the orchestration was deployed with; or a job beside it, or of that path or full name; or what was deployed. */
    private Optional<Deployed> find(String name) throws Refused, AbortException {
        JenkinsController controller = JenkinsController.get();
        Optional<String> used = PromiseContract.versionOf(build.getParent())
                .flatMap(controller.versions()::resolve)
                .map(d -> d.uses().get(name));
        if (used.isPresent() || catalog.broken(name).isPresent()) {
            return Optional.of(controller.promises().job(used.orElse(name)));
        }
        Optional<Deployed> beside = beside(name);
        return beside.isPresent() ? beside : controller.versions().resolve(name);
    }

    private Optional<Deployed> beside(String name) throws AbortException {
        try {
            Item item = Jenkins.get().getItem(name, build.getParent().getParent());
            return item instanceof Job<?, ?> job && job.getProperty(PromiseContract.class) != null
                    ? catalog.resolve(PromiseContract.nameOf(job))
                    : Optional.empty();
        } catch (AccessDeniedException e) {
            // Its being there may be seen, and nothing more.
            throw missing(Item.READ, name);
        }
    }

    private static AbortException missing(Permission permission, String job) {
        return new AbortException(Messages.PhaseExecution_NotAllowed(
                Jenkins.getAuthentication2().getName(), permission.group.title + "/" + permission.name, job));
    }

    private Refused unknown(String name) {
        return Refused.unknown(
                "promise job",
                name,
                catalog.all().stream()
                        .filter(this::readable)
                        .map(Deployed::name)
                        .distinct()
                        .toList());
    }

    private boolean readable(Deployed job) {
        return catalog.item(job.version())
                .filter(j -> j.hasPermission(Item.READ))
                .isPresent();
    }
}
