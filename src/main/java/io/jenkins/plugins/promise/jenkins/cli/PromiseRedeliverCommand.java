package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import org.kohsuke.args4j.Argument;

/** {@code promise-redeliver ID}: sends the reports of a promise again. */
@Extension
public final class PromiseRedeliverCommand extends PromiseCliCommand {
    @Argument(metaVar = "ID", usage = "The promise", required = true)
    public String id;

    @Override
    int run(JenkinsController controller) throws Refused {
        var unused = new Access(controller).promise(id, (String) null, Item.BUILD);
        stdout.println(id + ": " + controller.promises().redeliver(id) + " sent again");
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseRedeliverCommand_ShortDescription();
    }
}
