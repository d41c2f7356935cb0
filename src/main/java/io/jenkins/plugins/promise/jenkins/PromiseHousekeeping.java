package io.jenkins.plugins.promise.jenkins;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.promise.ledger.QuietLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Looks every now and then for builds that died without a word and for what other controllers have deployed, and drops old
 * promises.
 */
@Extension
public final class PromiseHousekeeping extends AsyncPeriodicWork {
    private static final Duration BETWEEN_DROPS = Duration.ofHours(1);

    private final QuietLog troubles = new QuietLog(Logger.getLogger(PromiseHousekeeping.class.getName()));
    private Instant dropped = Instant.EPOCH;

    /** Work for Jenkins' timer. */
    public PromiseHousekeeping() {
        super("Promise jobs housekeeping");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(20);
    }

    @Override
    protected void execute(TaskListener listener) {
        JenkinsController controller = JenkinsController.get();
        controller.tryAgain();
        if (controller.dispatching()) {
            attempt(
                    "jobs are made to agree with what is deployed later",
                    () -> controller.versions().agree());
            attempt(
                    "builds that died are looked for later",
                    () -> controller.watch().look());
            // Configuration as Code tells nobody that it is done.
            attempt(
                    "what is watched is made to agree with what is configured later",
                    () -> controller.watching().agree());
            Instant now = Instant.now();
            if (now.isAfter(dropped.plus(BETWEEN_DROPS))) {
                dropped = now;
                attempt("old promises are dropped later", controller::drop);
            }
        }
    }

    /** What cannot be done just now, as while the database is away, is done at another time, and keeps off nothing else. */
    private void attempt(String otherwise, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            troubles.log(otherwise, e);
        }
    }
}
