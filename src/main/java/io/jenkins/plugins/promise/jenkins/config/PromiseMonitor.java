package io.jenkins.plugins.promise.jenkins.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.promise.acceptance.view.Stuck;
import io.jenkins.plugins.promise.deployment.BrokenVersion;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.promise.SetAside;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells administrators what keeps promises from being kept: a ledger that cannot be opened, records that cannot be read, a
 * label that no agent has, a job that is disabled.
 */
@Extension
public final class PromiseMonitor extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return Messages.PromiseMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !getTroubles().isEmpty();
    }

    /** What is wrong, a sentence each. */
    public List<String> getTroubles() {
        JenkinsController controller = JenkinsController.get();
        List<String> troubles = new ArrayList<>();
        controller.trouble().ifPresent(t -> troubles.add(Messages.PromiseMonitor_NotAccepting(t)));
        if (controller.started()) {
            for (BrokenVersion version : controller.versions().broken()) {
                troubles.add(Messages.PromiseMonitor_Broken(version.version(), version.reason()));
            }
            for (String job : controller.versions().unknownJobs()) {
                troubles.add(Messages.PromiseMonitor_Unknown(job));
            }
            for (SetAside record : controller.ledger().lists().setAside()) {
                troubles.add(Messages.PromiseMonitor_SetAside(record.id(), record.job(), record.why()));
            }
        }
        if (controller.dispatching()) {
            new Stuck(controller.ledger(), Clock.systemUTC(), controller.dispatch()::obstacle)
                    .obstacles()
                    .forEach((obstacle, longest) -> troubles.add(Messages.PromiseMonitor_Waits(
                            longest.job(),
                            longest.id(),
                            longest.accepted().truncatedTo(ChronoUnit.SECONDS),
                            obstacle)));
        }
        return troubles;
    }
}
