package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.DeployOptions;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import java.io.IOException;
import org.kohsuke.args4j.Option;

/** {@code promise-deploy}: deploys a bundle that is read from the standard input. */
@Extension
public final class PromiseDeployCommand extends PromiseCliCommand {
    private static final int BUNDLE_BYTES = 64 << 20;

    @Option(name = "-n", usage = "Only tell what would change")
    public boolean dryRun;

    @Option(name = "-t", usage = "Take common names over that are another suite's")
    public boolean takeOver;

    @Override
    int run(JenkinsController controller) throws Refused, IOException {
        Access.deploy();
        print(controller.deployments().deploy(stdin, BUNDLE_BYTES, new DeployOptions(dryRun, takeOver)));
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseDeployCommand_ShortDescription();
    }
}
