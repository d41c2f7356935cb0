package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;

/** {@code promise-cancel ID}: cancels a promise. */
@Extension
public final class PromiseCancelCommand extends PromiseCliCommand {
    @Argument(metaVar = "ID", usage = "The promise", required = true)
    public String id;

    @Override
    int run(JenkinsController controller) throws Refused {
        var unused = new Access(controller).promise(id, (String) null, Item.CANCEL);
        controller.promises().cancel(id, Jenkins.getAuthentication2().getName());
        stdout.println(id + ": cancelled");
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseCancelCommand_ShortDescription();
    }
}
