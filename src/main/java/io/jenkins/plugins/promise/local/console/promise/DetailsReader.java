package io.jenkins.plugins.promise.local.console.promise;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord.WorkerRecord;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.local.console.promise.PromiseDetails.AttemptLine;
import io.jenkins.plugins.promise.local.console.promise.PromiseDetails.DeliveryLine;
import io.jenkins.plugins.promise.local.console.promise.PromiseDetails.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what the page of one promise shows. */
final class DetailsReader {
    private static final String MASKED = "****";

    private final Ledger ledger;
    private final Dispatch dispatch;

    DetailsReader(Ledger ledger, Dispatch dispatch) {
        this.ledger = ledger;
        this.dispatch = dispatch;
    }

    PromiseDetails read(Promise promise) throws IOException {
        Optional<WaitsFor> waitsFor = dispatch.waitsFor(promise);
        Map<String, String> inputs = new LinkedHashMap<>(promise.inputs());
        promise.secrets().forEach(name -> inputs.put(name, MASKED));
        return new PromiseDetails(
                PromiseLine.of(promise, waitsFor, Instant.now()),
                waitsFor.map(WaitsFor::since).orElse(null),
                promise.deadline(),
                promise.progress().starts(),
                promise.parent() == null ? null : promise.parent().promise(),
                inputs,
                rows(promise),
                promise.deliveries().stream().map(DetailsReader::delivery).toList(),
                report(promise),
                promise.state().settled(),
                promise.open());
    }

    private List<Row> rows(Promise promise) {
        Map<String, Promise> latest = new HashMap<>();
        for (Promise child : ledger.lists().children(promise.id())) {
            latest.merge(
                    child.parent().phase() + "/" + child.parent().worker(),
                    child,
                    (a, b) -> a.parent().attempt() < b.parent().attempt() ? b : a);
        }
        List<Row> rows = new ArrayList<>();
        rows.add(row(promise.version(), promise));
        for (PhaseRecord phase : promise.phases()) {
            rows.add(new Row(
                    true,
                    phase.name(),
                    null,
                    phase.ended() == null ? "RUNNING" : "ended",
                    phase.started(),
                    phase.started(),
                    phase.ended(),
                    ""));
            for (WorkerRecord worker : phase.workers()) {
                Promise own = latest.get(phase.number() + "/" + worker.name());
                rows.add(own == null ? dropped(worker) : row(worker.name(), own));
            }
        }
        return rows;
    }

    private static Row row(String name, Promise promise) {
        return new Row(
                false,
                name,
                promise.id(),
                promise.state().name(),
                promise.accepted(),
                promise.progress().started().orElse(null),
                promise.settlement().map(Progress.Settled::at).orElse(null),
                promise.settlement().map(Progress.Settled::reason).orElse(""));
    }

    /** Of a worker whose promise is not kept any more only that is known which the phase has noted. */
    private static Row dropped(WorkerRecord worker) {
        return new Row(
                false,
                worker.name(),
                null,
                worker.status() == null ? "RUNNING" : worker.status(),
                null,
                null,
                null,
                worker.reason() == null ? "" : worker.reason());
    }

    private static DeliveryLine delivery(Delivery delivery) {
        List<Attempt> attempts = new ArrayList<>(delivery.attempts());
        Collections.reverse(attempts);
        return new DeliveryLine(
                delivery.state().name(),
                delivery.input(),
                delivery.receives().keyword(),
                delivery.url().toString(),
                delivery.tries(),
                delivery.next(),
                attempts.stream()
                        .map(a -> new AttemptLine(a.at(), a.millis() + " ms", answer(a)))
                        .toList());
    }

    private static String answer(Attempt attempt) {
        String status = attempt.status() == null ? "" : "HTTP " + attempt.status();
        String problem = attempt.problem() == null ? "" : attempt.problem();
        return status.isEmpty() || problem.isEmpty() ? status + problem : status + ": " + problem;
    }

    private String report(Promise promise) throws IOException {
        Optional<byte[]> report = promise.state().settled() ? ledger.report(promise.id()) : Optional.empty();
        if (report.isEmpty()) {
            return null;
        }
        try {
            return Json.mapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Json.mapper().readTree(report.get()));
        } catch (JsonProcessingException e) {
            return new String(report.get(), StandardCharsets.UTF_8);
        }
    }
}
