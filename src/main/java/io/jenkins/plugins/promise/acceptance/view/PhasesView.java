package io.jenkins.plugins.promise.acceptance.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord.WorkerRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An orchestration's phases with their workers: what is not noted with a phase yet is told by the workers' own promises. */
final class PhasesView {
    private static final double MILLIS = 1_000;

    private final Links links;
    private final Promise orchestration;
    private final Map<String, Promise> latest = new HashMap<>();

    PhasesView(Links links, Promise orchestration, List<Promise> children) {
        this.links = links;
        this.orchestration = orchestration;
        children.forEach(c -> latest.merge(
                key(c.parent().phase(), c.parent().worker()),
                c,
                (a, b) -> a.parent().attempt() < b.parent().attempt() ? b : a));
    }

    private static String key(int phase, String worker) {
        return phase + "/" + worker;
    }

    ArrayNode json() {
        ArrayNode phases = Json.mapper().createArrayNode();
        // Those of branches side by side are noted in any order; their numbers tell how the script came to them.
        for (PhaseRecord phase : orchestration.phases().stream()
                .sorted(Comparator.comparingInt(PhaseRecord::number))
                .toList()) {
            ObjectNode node = phases.addObject();
            node.put("number", phase.number());
            node.put("name", phase.name());
            node.put("started", phase.started().toString());
            if (phase.ended() != null) {
                node.put("ended", phase.ended().toString());
            }
            ArrayNode workers = node.putArray("workers");
            phase.workers().forEach(w -> workers.add(worker(phase, w)));
        }
        return phases;
    }

    private ObjectNode worker(PhaseRecord phase, WorkerRecord noted) {
        Promise promise = latest.get(key(phase.number(), noted.name()));
        if (promise == null) {
            return Json.mapper().valueToTree(noted);
        }
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("name", noted.name());
        node.put("version", promise.version());
        node.put("promise", promise.id());
        node.put("attempt", promise.parent().attempt());
        node.put("state", promise.state().name());
        node.put("accepted", promise.accepted().toString());
        promise.progress().started().ifPresent(at -> node.put("started", at.toString()));
        promise.settlement().ifPresent(s -> node.put("settled", s.at().toString()));
        if (noted.status() != null) {
            node.put("status", noted.status());
            node.put("reason", noted.reason());
            node.put("seconds", noted.seconds());
        } else {
            promise.settlement().ifPresent(s -> {
                node.put("status", s.status().name());
                node.put("reason", s.reason());
                node.put("seconds", Duration.between(promise.accepted(), s.at()).toMillis() / MILLIS);
            });
        }
        node.put("url", links.promise(promise.id()));
        return node;
    }
}
