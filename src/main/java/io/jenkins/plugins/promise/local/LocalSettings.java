package io.jenkins.plugins.promise.local;

import io.jenkins.plugins.promise.acceptance.host.PromiseSettings;
import io.jenkins.plugins.promise.callback.CourierLimits;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.callback.address.ReceiverPolicy;
import io.jenkins.plugins.promise.ledger.database.LedgerLocation;
import io.jenkins.plugins.promise.local.files.FileSettings;
import io.jenkins.plugins.promise.local.http.RequestLimits;
import io.jenkins.plugins.promise.local.worker.WorkspaceLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a local controller is run.
 *
 * @param host the address it listens on
 * @param port 0 for any free one
 * @param url what it calls itself in reports; null for its address
 * @param home its folder
 * @param ledger where promises are kept; null for a file in its home
 * @param lease after how much silence another controller of the same ledger is taken for dead
 * @param executors how many workers run at once
 * @param orchestrations how many orchestrations are under way at once
 * @param open whether no token is asked; for a laptop
 * @param receivers which callbacks are allowed
 * @param schedule when deliveries are tried again
 * @param courier what the courier may use
 * @param promises deadline and retention
 * @param reportBytes how large a report may be
 * @param bodyBytes how large a submission may be
 * @param bundleBytes how large a bundle may be
 * @param requests what one client may take of the HTTP server
 * @param files what is kept of the files that workers produce
 * @param workspaces what is kept of the workspaces of workers that failed
 * @param grace how long workers may go on when it stops
 * @param scriptLimit how long an orchestration's script may run without coming to a step
 */
public record LocalSettings(
        String host,
        int port,
        URI url,
        Path home,
        LedgerLocation ledger,
        Duration lease,
        int executors,
        int orchestrations,
        boolean open,
        ReceiverPolicy receivers,
        RetrySchedule schedule,
        CourierLimits courier,
        PromiseSettings promises,
        int reportBytes,
        int bodyBytes,
        int bundleBytes,
        RequestLimits requests,
        FileSettings files,
        WorkspaceLimits workspaces,
        Duration grace,
        Duration scriptLimit) {
    /** The time that a script has unless somebody set another; normally it takes milliseconds. */
    public static final Duration SCRIPT_LIMIT = Duration.ofSeconds(60);

    /** The same with another home, and nothing that others have. */
    public LocalSettings apart(Path other, int otherPort) {
        return new LocalSettings(
                host,
                otherPort,
                url,
                other,
                null,
                lease,
                executors,
                orchestrations,
                open,
                receivers,
                schedule,
                courier,
                promises,
                reportBytes,
                bodyBytes,
                bundleBytes,
                requests,
                new FileSettings(null, files.limits()),
                workspaces,
                grace,
                scriptLimit);
    }
}
