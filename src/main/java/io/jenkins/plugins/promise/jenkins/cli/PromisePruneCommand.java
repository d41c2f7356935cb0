package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.Pruning;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import java.io.IOException;
import org.kohsuke.args4j.Option;

/** {@code promise-prune}: removes versions that nothing needs. */
@Extension
public final class PromisePruneCommand extends PromiseCliCommand {
    @Option(name = "-o", metaVar = "TIME", usage = "Which have not been used for so long (default 7d)")
    public String olderThan = "7d";

    @Option(name = "-n", usage = "Only tell what would go")
    public boolean dryRun;

    @Override
    int run(JenkinsController controller) throws Refused, IOException {
        Access.deploy();
        print(controller.deployments().prune(Pruning.age("-o", olderThan), dryRun));
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromisePruneCommand_ShortDescription();
    }
}
