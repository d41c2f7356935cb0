package io.jenkins.plugins.promise.acceptance.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.ContractSchema;
import io.jenkins.plugins.promise.contract.Json;
import io.jenkins.plugins.promise.deployment.Deployed;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.ledger.Promise;
import io.jenkins.plugins.promise.ledger.PromiseState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What is shown of promises, jobs and queue items as JSON. */
public final class PromiseView {
    private final String baseUrl;

    /** A view with links below that URL, which has no slash at its end. */
    public PromiseView(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** Where a promise is told of. */
    public String url(Promise promise) {
        return baseUrl + "/promises/" + promise.id();
    }

    /** Its queue item; null before it has one. */
    public String queueUrl(Promise promise) {
        return promise.queue() == null ? null : baseUrl + "/queue/item/" + promise.queue() + "/";
    }

    /** The answer to a submission. */
    public ObjectNode accepted(Promise promise) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("id", promise.id());
        node.put("job", promise.job());
        node.put("version", promise.version());
        node.put("queue", queueUrl(promise));
        node.put("status", url(promise));
        return node;
    }

    /** All about a promise but its secrets. */
    public ObjectNode promise(Promise promise) {
        ObjectNode node = Json.mapper().valueToTree(promise);
        ObjectNode inputs = (ObjectNode) node.get("inputs");
        promise.secrets().forEach(name -> inputs.put(name, "****"));
        node.remove(List.of("secrets", "build"));
        if (promise.key() != null) {
            node.put("key", promise.key().key());
        }
        ObjectNode links = node.putObject("links");
        links.put("self", url(promise));
        links.put("log", url(promise) + "/log");
        if (promise.queue() != null && promise.parent() == null) {
            links.put("queue", queueUrl(promise));
        }
        if (promise.state().settled()) {
            links.put("report", url(promise) + "/report");
        }
        if (promise.parent() != null) {
            links.put("parent", baseUrl + "/promises/" + promise.parent().promise());
        }
        node.path("phases").forEach(phase -> phase.path("workers").forEach(worker -> {
            if (worker.hasNonNull("promise")) {
                ((ObjectNode) worker)
                        .put(
                                "url",
                                baseUrl + "/promises/" + worker.get("promise").asText());
            }
        }));
        return node;
    }

    /** A promise in a list. */
    public ObjectNode line(Promise promise) {
        ObjectNode node = accepted(promise);
        node.put("state", promise.state().name());
        node.put("accepted", promise.accepted().toString());
        node.put("settled", promise.settled() == null ? null : promise.settled().toString());
        node.put("reason", promise.reason());
        node.put("undelivered", promise.undelivered());
        return node;
    }

    /** A job with its contract, and all its versions. */
    public ObjectNode job(Deployed job, List<Deployed> versions, VersionStore store) throws IOException {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("name", job.name());
        node.put("kind", job.kind().keyword());
        node.put("about", job.about());
        node.put("version", job.version());
        node.put("latest", store.index().latestOf(job.name()).orElse(null));
        ArrayNode all = node.putArray("versions");
        for (Deployed one : versions) {
            ObjectNode line = all.addObject();
            line.put("version", one.version());
            Instant deployed = store.index().versions().get(one.version());
            if (deployed != null) {
                line.put("deployed", deployed.toString());
                line.put("used", store.lastUsed(one.version()).toString());
            }
        }
        node.put("submit", baseUrl + "/promises/submit/" + job.name());
        node.set("contract", new ContractSchema().of(job.contract()));
        return node;
    }

    /** A queue item, in Jenkins' words and shape. */
    public ObjectNode queueItem(Promise promise, boolean waiting) {
        boolean cancelled = promise.state() == PromiseState.REJECTED && promise.started() == null;
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("_class", waiting ? "hudson.model.Queue$BuildableItem" : "hudson.model.Queue$LeftItem");
        node.putArray("actions");
        node.put("blocked", false);
        node.put("buildable", waiting);
        node.put("id", promise.queue());
        node.put("inQueueSince", promise.accepted().toEpochMilli());
        node.put("stuck", false);
        ObjectNode task = node.putObject("task");
        task.put("name", promise.version());
        task.put("url", baseUrl + "/promises/jobs/" + promise.version());
        node.put("url", "queue/item/" + promise.queue() + "/");
        if (waiting) {
            node.put("why", "Waiting for next available executor");
            return node;
        }
        node.putNull("why");
        node.put("cancelled", cancelled);
        if (cancelled) {
            node.putNull("executable");
        } else {
            ObjectNode executable = node.putObject("executable");
            executable.put("number", promise.queue());
            executable.put("url", url(promise));
        }
        return node;
    }
}
