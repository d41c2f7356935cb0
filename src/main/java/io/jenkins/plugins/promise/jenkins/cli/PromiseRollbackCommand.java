package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.DeploymentPlan;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code promise-rollback JOB}: lets a common name stand for an earlier version again. */
@Extension
public final class PromiseRollbackCommand extends PromiseCliCommand {
    @Argument(metaVar = "JOB", usage = "The common name", required = true)
    public String job;

    @Option(name = "-t", metaVar = "VERSION", usage = "The version; the one before if it is not given")
    public String to;

    @Override
    int run(JenkinsController controller) throws Refused {
        Access.deploy();
        DeploymentPlan.Move move = controller.deployments().rollback(job, to);
        stdout.println(move.name() + ": " + move.from() + " -> " + move.to());
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseRollbackCommand_ShortDescription();
    }
}
