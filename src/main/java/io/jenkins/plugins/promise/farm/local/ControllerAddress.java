package io.jenkins.plugins.promise.farm.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;

/** Where a farm's controller is to answer. */
public final class ControllerAddress {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);
    private static final int FAULTS = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();
    private final URI jobs;

    /** That address, without a slash at its end. */
    public ControllerAddress(String address) {
        this.jobs = URI.create(address + "/promises/jobs");
    }

    /** Whether anything at all is answered there. */
    public boolean answers() throws InterruptedException {
        return status().isPresent();
    }

    /** Whether something answers that has started; one that starts says that it is not there yet. */
    public boolean ready() throws InterruptedException {
        OptionalInt status = status();
        return status.isPresent() && status.getAsInt() < FAULTS;
    }

    private OptionalInt status() throws InterruptedException {
        try {
            return OptionalInt.of(http.send(
                            HttpRequest.newBuilder(jobs).timeout(ANSWERS_WITHIN).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
