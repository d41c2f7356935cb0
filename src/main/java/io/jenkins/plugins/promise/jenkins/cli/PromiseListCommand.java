package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.view.ListRequest;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** {@code promise-list}: the promises that whoever asks may see, newest first. */
@Extension
public final class PromiseListCommand extends PromiseCliCommand {
    @Option(name = "-s", metaVar = "STATE", usage = "open (default), closed, undelivered or all")
    public String state;

    @Option(name = "-j", metaVar = "JOB", usage = "Of this common name only")
    public String job;

    @Option(name = "-q", metaVar = "WORDS", usage = "Those in which all of these words begin a word")
    public String words;

    @Option(name = "-a", metaVar = "CURSOR", usage = "Go on after what an earlier page ended with")
    public String after;

    @Override
    int run(JenkinsController controller) throws Refused {
        Access.check(Jenkins.READ);
        Map<String, String> asked = new HashMap<>();
        asked.put("state", state);
        asked.put("job", job);
        asked.put("q", words);
        asked.put("after", after);
        PromisePage page =
                new Access(controller).seen(controller.ledger().lists().page(new ListRequest(asked::get).query()));
        for (Promise promise : page.promises()) {
            stdout.printf(
                    Locale.ROOT,
                    "%s  %s  %-9s  %s  %s%n",
                    promise.id(),
                    promise.accepted(),
                    promise.state().name().toLowerCase(Locale.ROOT),
                    promise.version(),
                    promise.settlement()
                            .map(Progress.Settled::reason)
                            .or(() -> controller.dispatch().waitsFor(promise).map(WaitsFor::detail))
                            .orElse(""));
        }
        if (page.next() != null) {
            stdout.println("more with -a " + page.next());
        }
        return DONE;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseListCommand_ShortDescription();
    }
}
