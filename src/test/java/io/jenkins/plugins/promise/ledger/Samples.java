package io.jenkins.plugins.promise.ledger;

import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.RetrySchedule;
import io.jenkins.plugins.promise.contract.Receives;
import io.jenkins.plugins.promise.ledger.promise.IdempotencyKey;
import io.jenkins.plugins.promise.ledger.promise.Origin;
import io.jenkins.plugins.promise.ledger.promise.ParentCall;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromiseId;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import io.jenkins.plugins.promise.ledger.promise.Taken;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A ledger with a promise of each kind: waiting, running with a worker, settled and open, given up, closed. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** As it must come back, though it looks like what an export makes of bytes. */
    static final String REASON = "base64:well done, Zoë \uD83D\uDE00";

    private final Ledger ledger;
    private final List<String> ids = new ArrayList<>();

    Samples(Ledger ledger) {
        this.ledger = ledger;
    }

    /** All ids, in the order of acceptance. */
    List<String> fill() {
        String running = PromiseId.create();
        return fill(List.of(
                PromiseId.create(),
                running,
                running + "-1-0-1",
                PromiseId.create(),
                PromiseId.create(),
                PromiseId.create()));
    }

    /** The same with these ids, the third of which is that of a call of the second. */
    List<String> fill(List<String> given) {
        accept(given.get(0), new Origin.Outside(new IdempotencyKey("job", "k", "f"), Submitter.user("ann")));
        String running = accept(given.get(1), new Origin.Outside(null, Submitter.UNKNOWN));
        ledger.change(running, p -> p.running("build", NOW)).join();
        ParentCall call = new ParentCall(running, 1, 0, "w", 1, "node", "a || b");
        String worker = accept(call.id(), new Origin.Called(call));
        PhaseRecord.WorkerRecord record =
                new PhaseRecord.WorkerRecord("w", "work-v1-1234567", worker, 1, "SUCCESS", REASON, 1.5);
        ledger.change(running, p -> p.withPhase(new PhaseRecord(1, "one", NOW, NOW, List.of(record))))
                .join();
        String open = accept(given.get(3), new Origin.Outside(null, Submitter.token("127.0.0.1")));
        String givenUp = accept(given.get(4), new Origin.Outside(null, Submitter.TIMER));
        Submitter change = new Submitter(Submitter.Kind.UNKNOWN, "Started by an SCM change");
        String closed = accept(given.get(5), new Origin.Outside(null, change));
        for (String id : List.of(worker, open, givenUp, closed)) {
            settle(id);
        }
        attempt(open, 500);
        attempt(givenUp, 410);
        attempt(closed, 204);
        ledger.write(h -> h.execute(
                        "INSERT INTO version_file (upload, path, part, content) VALUES ('u', 'files/f', 0, ?)",
                        new byte[] {0, 1, (byte) 0xff}))
                .join();
        return ids;
    }

    /** One that was submitted just like another. */
    static Promise another(Promise promise) {
        return new Promise(
                0,
                PromiseId.create(),
                promise.job(),
                promise.version(),
                promise.lane(),
                promise.inputs(),
                promise.secrets(),
                promise.accepted(),
                promise.deadline(),
                new Origin.Outside(null, Submitter.UNKNOWN),
                Progress.Pending.NEW,
                List.of(),
                List.of(),
                0);
    }

    private String accept(String id, Origin origin) {
        Promise promise = new Promise(
                0,
                id,
                "job",
                "job-v1-1234567",
                "lane",
                Map.of("NAME", "Ann Müller \uD83D\uDE00", "SECRET", "sealed"),
                List.of("SECRET"),
                NOW,
                NOW.plusSeconds(60),
                origin,
                Progress.Pending.NEW,
                List.of(
                        Delivery.planned(id, "G", Receives.REGISTRATION, URI.create("http://127.0.0.1/g"))
                                .ready(NOW),
                        Delivery.planned(id, "R", Receives.REPORT, URI.create("http://127.0.0.2/r"))),
                List.of(),
                0);
        ids.add(id);
        return ((Taken.Accepted) ledger.accept(promise).join()).promise().id();
    }

    private void settle(String id) {
        ledger.settle(
                        id,
                        p -> p.settled(ReportStatus.SUCCESS, REASON, NOW),
                        ("{\"reason\": \"" + REASON + "\"}").getBytes(StandardCharsets.UTF_8))
                .join();
    }

    private void attempt(String id, int status) {
        for (String input : List.of("G", "R")) {
            Attempt attempt = new Attempt(NOW, 12, input.equals("G") ? 204 : status, null, null);
            ledger.change(id, p -> p.withDelivery(input, d -> d.after(d, attempt, RetrySchedule.DEFAULT, NOW)))
                    .join();
        }
    }
}
