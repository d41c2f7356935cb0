package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import io.jenkins.plugins.promise.jenkins.web.JenkinsLinks;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.IOException;
import org.kohsuke.args4j.Argument;

/** {@code promise-status ID}: how a promise stands, as JSON. */
@Extension
public final class PromiseStatusCommand extends PromiseCliCommand {
    @Argument(metaVar = "ID", usage = "The promise", required = true)
    public String id;

    @Override
    int run(JenkinsController controller) throws Refused, IOException {
        Promise promise = new Access(controller).promise(id, (String) null, Item.READ);
        print(new PromiseView(JenkinsLinks.promises())
                .promise(
                        promise,
                        controller.dispatch().waitsFor(promise),
                        controller.ledger().lists().children(id)));
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseStatusCommand_ShortDescription();
    }
}
