package io.jenkins.plugins.promise.cli.drive;

import io.jenkins.plugins.promise.suite.CaseFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One submission of a drive, and all that came back. Threads may share it. */
final class Driven {
    private final int number;
    private final CaseFile from;
    private String id;
    private Instant accepted;
    private Instant registered;
    private Instant reported;
    private byte[] report;
    private boolean settledOtherwise;
    private Instant spoilt;
    private int duplicates;
    private final List<String> problems = new ArrayList<>();

    Driven(int number, CaseFile from) {
        this.number = number;
        this.from = from;
    }

    int number() {
        return number;
    }

    CaseFile from() {
        return from;
    }

    synchronized void accepted(String promise, Instant at) {
        id = promise;
        accepted = at;
    }

    synchronized void registered(Instant at) {
        if (registered == null) {
            registered = at;
        } else {
            duplicates++;
        }
    }

    /** Takes a report; a second one must be the same to the byte, for a promise settles once. */
    synchronized boolean reported(byte[] body, Instant at) {
        if (report == null) {
            report = body.clone();
            reported = at;
            return true;
        }
        duplicates++;
        if (!Arrays.equals(report, body)) {
            problems.add("it was reported twice, with different reports");
        }
        return false;
    }

    /** A callback of it came, and was refused. */
    synchronized void spoilt(Instant at) {
        spoilt = at;
    }

    /** Whether one was refused before that time, and no report has been taken; once told, it counts as asked for again. */
    synchronized boolean spoiltBefore(Instant time) {
        boolean was = spoilt != null && spoilt.isBefore(time) && report == null;
        if (was) {
            spoilt = null;
        }
        return was;
    }

    synchronized void settledWithoutReport() {
        settledOtherwise = true;
    }

    synchronized void problem(String problem) {
        problems.add(problem);
    }

    synchronized Optional<String> id() {
        return Optional.ofNullable(id);
    }

    synchronized boolean delivered() {
        return report != null;
    }

    synchronized boolean settled() {
        return report != null || settledOtherwise;
    }

    synchronized Optional<byte[]> report() {
        return Optional.ofNullable(report).map(byte[]::clone);
    }

    synchronized int duplicates() {
        return duplicates;
    }

    synchronized Optional<Instant> reportedAt() {
        return Optional.ofNullable(reported);
    }

    /** From accepted to the registration. */
    synchronized Optional<Duration> toRegistration() {
        return since(registered);
    }

    /** From accepted to the report. */
    synchronized Optional<Duration> toReport() {
        return since(reported);
    }

    /** A callback may be here before the answer that says accepted. */
    private Optional<Duration> since(Instant at) {
        if (at == null || accepted == null) {
            return Optional.empty();
        }
        Duration time = Duration.between(accepted, at);
        return Optional.of(time.isNegative() ? Duration.ZERO : time);
    }

    synchronized List<String> problems() {
        return new ArrayList<>(problems);
    }
}
