package io.jenkins.plugins.promise.jenkins.cli;

import hudson.Extension;
import io.jenkins.plugins.promise.acceptance.submission.Submission;
import io.jenkins.plugins.promise.contract.GivenInputs;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.web.Access;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code promise-submit JOB}: submits a promise job, and waits for the report if told to. */
@Extension
public final class PromiseSubmitCommand extends PromiseCliCommand {
    private static final int REJECTED = 2;
    private static final long LOOK_MILLIS = 200;

    @Argument(metaVar = "JOB", usage = "The common name or the version of the job", required = true)
    public String job;

    @Option(name = "-p", metaVar = "NAME=VALUE", usage = "An input; once for each")
    public Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            name = "-k",
            metaVar = "KEY",
            usage = "An idempotency key: submitting again with the same one submits nothing")
    public String key;

    @Option(name = "-w", usage = "Wait for the report and print it; the exit code is 2 if the promise is rejected")
    public boolean waits;

    @Override
    int run(JenkinsController controller) throws Refused, IOException, InterruptedException {
        Deployed deployed = new Access(controller).submitted(job, (String) null);
        Promise promise = controller
                .promises()
                .submit(Submission.of(
                        deployed.version(),
                        GivenInputs.of(inputs),
                        key,
                        Submitter.user(Jenkins.getAuthentication2().getName())))
                .promise();
        if (!waits) {
            stdout.println(promise.id());
            return DONE;
        }
        while (!promise.state().settled()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            promise = controller.promises().find(promise.id());
        }
        stdout.println(new String(controller.ledger().report(promise.id()).orElseThrow(), StandardCharsets.UTF_8));
        return promise.state() == PromiseState.FULFILLED ? DONE : REJECTED;
    }

    @Override
    public String getShortDescription() {
        return Messages.PromiseSubmitCommand_ShortDescription();
    }
}
