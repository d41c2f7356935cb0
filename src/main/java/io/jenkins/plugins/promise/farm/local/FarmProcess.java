package io.jenkins.plugins.promise.farm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A process of a farm that runs, whoever started it. */
public final class FarmProcess {
    /** Longer than a controller lets workers go on when it is asked to stop, and Jenkins takes to save. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private static final Pattern OF_A_SERVICE =
            Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|(?i)(https?|no|all)_proxy");

    private final ProcessHandle process;
    /** Of one that has ended it is not known any more. */
    private final Instant begun;

    private FarmProcess(ProcessHandle process) {
        this.process = process;
        this.begun = process.info().startInstant().orElseGet(Instant::now);
    }

    /**
     * Starts one; what it writes goes behind what is in the log.
     *
     * @param secrets the files that have variables' values, by variable
     * @param own whether it gets an environment of its own, as a service has: what is set where {@code up} is said is
     *     nothing for builds
     */
    static FarmProcess start(List<String> command, Map<String, String> secrets, boolean own, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (own) {
            builder.environment()
                    .keySet()
                    .removeIf(name -> !OF_A_SERVICE.matcher(name).matches());
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            builder.environment()
                    .put(
                            secret.getKey(),
                            Files.readString(Path.of(secret.getValue())).strip());
        }
        return new FarmProcess(builder.start().toHandle());
    }

    /**
     * One that a supervisor before has left, if it still runs.
     *
     * @param begun when it was started, so that another process of the same number is not taken for it
     */
    public static Optional<FarmProcess> left(long pid, Instant begun) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().startInstant().equals(Optional.ofNullable(begun)))
                .map(FarmProcess::new);
    }

    long pid() {
        return process.pid();
    }

    Instant begun() {
        return begun;
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
