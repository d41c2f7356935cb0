package io.jenkins.plugins.promise.cli.promise;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Shows what becomes of a promise until it is settled. */
final class SettlementWatch {
    private static final long POLL_MILLIS = 500;

    private final ControllerClient client;
    private final PrintWriter err;

    SettlementWatch(ControllerClient client, PrintWriter err) {
        this.client = client;
        this.err = err;
    }

    /** Waits until that promise is settled; returns it as the controller tells of it then. */
    JsonNode settled(String id) throws IOException, InterruptedException {
        try (Progress progress = new Progress(err)) {
            JsonNode promise = client.promise(id);
            while (!promise.hasNonNull("settled")) {
                progress.show(promise);
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                promise = client.promise(id);
            }
            progress.show(promise);
            return promise;
        }
    }
}
