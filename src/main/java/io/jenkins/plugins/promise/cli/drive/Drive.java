package io.jenkins.plugins.promise.cli.drive;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.cli.CommandFailure;
import io.jenkins.plugins.promise.cli.ControllerClient;
import io.jenkins.plugins.promise.cli.ExitCode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.rehearsal.Difference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Submits at a rate and waits for what comes back. */
final class Drive {
    private static final int SUBMITTERS = 16;
    private static final int AGAIN_MILLIS = 500;
    private static final int LOOK_MILLIS = 100;

    private final ControllerClient client;
    private final List<Driven> all;
    private final Function<Driven, Map<String, String>> inputs;
    private final Duration retry;
    private final String run = UUID.randomUUID().toString();
    private final Instant began = Instant.now();

    /**
     * A drive that has not begun.
     *
     * @param inputs what a submission is made with, its callbacks among it
     * @param retry after how long a report that was refused is asked for again; null to leave that to the controller
     */
    Drive(ControllerClient client, List<Driven> all, Function<Driven, Map<String, String>> inputs, Duration retry) {
        this.client = client;
        this.all = all;
        this.inputs = inputs;
        this.retry = retry;
    }

    Instant began() {
        return began;
    }

    /**
     * Submits all, and waits.
     *
     * @param rate how many a second; 0 for all at once
     * @param patience for how long after the last submission reports are waited for
     * @param look called now and then
     */
    void run(double rate, Duration patience, Runnable look) throws InterruptedException {
        CountDownLatch submitted = new CountDownLatch(all.size());
        ScheduledExecutorService submitters = Executors.newScheduledThreadPool(SUBMITTERS, task -> {
            Thread thread = new Thread(task, "drive-submitter");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (Driven driven : all) {
                long delay = rate == 0 ? 0 : Math.round(driven.number() * 1_000 / rate);
                var unused = submitters.schedule(
                        () -> submit(driven, submitters, Instant.now().plus(patience), submitted),
                        delay,
                        TimeUnit.MILLISECONDS);
            }
            while (!submitted.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                redeliver();
                look.run();
            }
            Instant end = Instant.now().plus(patience);
            CountDownLatch never = new CountDownLatch(1);
            while (all.stream().anyMatch(d -> d.id().isPresent() && !d.delivered())
                    && Instant.now().isBefore(end)
                    && !never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                redeliver();
                look.run();
            }
            look.run();
        } finally {
            submitters.shutdownNow();
        }
    }

    /** Asks for the reports that were refused long enough ago; who cannot tell now is asked by its own schedule. */
    private void redeliver() throws InterruptedException {
        if (retry == null) {
            return;
        }
        Instant before = Instant.now().minus(retry);
        for (Driven driven : all) {
            if (driven.id().isPresent() && driven.spoiltBefore(before)) {
                try {
                    client.handle(driven.id().get(), "redeliver");
                } catch (IOException | CommandFailure e) {
                    driven.spoilt(Instant.now());
                }
            }
        }
    }

    /** A controller that is down or busy is asked again: with the same key a submission is accepted once. */
    private void submit(Driven driven, ScheduledExecutorService submitters, Instant until, CountDownLatch submitted) {
        try {
            String key = run + "-" + driven.number();
            JsonNode answer = client.submit(driven.from().job(), inputs.apply(driven), key);
            driven.accepted(answer.path("id").asText(), Instant.now());
            submitted.countDown();
        } catch (CommandFailure e) {
            if (e.exitCode() == ExitCode.UNREACHABLE) {
                again(driven, submitters, until, submitted, e.getMessage());
            } else {
                driven.problem("it was not accepted: " + e.getMessage());
                submitted.countDown();
            }
        } catch (IOException e) {
            again(driven, submitters, until, submitted, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            submitted.countDown();
        }
    }

    private void again(
            Driven driven,
            ScheduledExecutorService submitters,
            Instant until,
            CountDownLatch submitted,
            String problem) {
        if (Instant.now().isAfter(until)) {
            driven.problem("it was not accepted: " + problem);
            submitted.countDown();
        } else {
            var unused = submitters.schedule(
                    () -> submit(driven, submitters, until, submitted), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Holds the reports against what the cases expect, and asks the controller for those that did not come. */
    void check() throws InterruptedException {
        for (Driven driven : all) {
            if (driven.id().isEmpty()) {
                continue;
            }
            if (driven.report().isPresent()) {
                compare(driven, driven.report().get());
            } else {
                lost(driven);
            }
        }
    }

    private static void compare(Driven driven, byte[] bytes) {
        JsonNode expected = driven.from().expect();
        try {
            JsonNode report = Json.mapper().readTree(bytes);
            String promise = report.at("/promise/id").asText();
            if (!promise.equals(driven.id().orElseThrow())) {
                driven.problem("the report is of the promise " + promise);
            }
            if (expected != null) {
                Difference.first("report", expected, report)
                        .ifPresent(d -> driven.problem(d.path() + "\n    - " + d.expected() + "\n    + "
                                + (d.observed() == null ? "nothing" : d.observed()) + "\n    reason: "
                                + report.path("reason").asText()));
            }
        } catch (IOException e) {
            driven.problem("the report is no JSON: " + e.getMessage());
        }
    }

    private void lost(Driven driven) throws InterruptedException {
        try {
            JsonNode promise = client.promise(driven.id().orElseThrow());
            if (promise.hasNonNull("settled")) {
                driven.settledWithoutReport();
            }
            String waits = promise.at("/waitsFor/detail").asText();
            driven.problem("no report came; the promise is "
                    + promise.path("state").asText() + (waits.isEmpty() ? "" : ", and waits for: " + waits));
        } catch (IOException | CommandFailure e) {
            driven.problem("no report came, and the controller does not tell why: " + e.getMessage());
        }
    }
}
