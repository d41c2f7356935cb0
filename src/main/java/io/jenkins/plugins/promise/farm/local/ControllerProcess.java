package io.jenkins.plugins.promise.farm.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A controller that runs, whoever started it. */
final class ControllerProcess {
    /** Longer than a controller lets workers go on when it is asked to stop. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final ProcessHandle process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();

    private ControllerProcess(ProcessHandle process) {
        this.process = process;
    }

    /** Starts one; what it writes goes behind what is in the log. */
    static ControllerProcess start(Wanted wanted, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(wanted.command())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        for (Map.Entry<String, String> secret : wanted.secrets().entrySet()) {
            builder.environment()
                    .put(
                            secret.getKey(),
                            Files.readString(Path.of(secret.getValue())).strip());
        }
        return new ControllerProcess(builder.start().toHandle());
    }

    /** The one that a supervisor before has left, if it still runs. */
    static Optional<ControllerProcess> left(Running running) {
        return ProcessHandle.of(running.controller())
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().startInstant().equals(Optional.ofNullable(running.begun())))
                .map(ControllerProcess::new);
    }

    long pid() {
        return process.pid();
    }

    Instant begun() {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits that long for its end, and tells whether it has ended. */
    boolean ended(Duration wait) throws InterruptedException {
        try {
            process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end does not fail", e);
        }
    }

    /** Whether anything at all is answered at an address. */
    boolean answers(String address) throws InterruptedException {
        try {
            http.send(
                    HttpRequest.newBuilder(URI.create(address + "/promises/jobs"))
                            .timeout(ANSWERS_WITHIN)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks it to stop, and ends it if it does not. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!ended(STOPS_WITHIN)) {
            process.destroyForcibly();
            if (!ended(STOPS_WITHIN)) {
                throw new IllegalStateException("the process " + pid() + " cannot be ended");
            }
        }
    }
}
