package io.jenkins.plugins.promise.acceptance.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.acceptance.host.Links;
import io.jenkins.plugins.promise.contract.ContractSchema;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.VersionStore;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.PromisePage;
import io.jenkins.plugins.promise.ledger.promise.PromiseQuery;
import io.jenkins.plugins.promise.ledger.promise.PromiseState;
import io.jenkins.plugins.promise.ledger.promise.SetAside;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is shown of promises, jobs and queue items as JSON. */
public final class PromiseView {
    private final Links links;

    /** A view with the links of a host. */
    public PromiseView(Links links) {
        this.links = links;
    }

    /** Where a promise is told of. */
    public String url(Promise promise) {
        return links.promise(promise.id());
    }

    /** Where it is told whether it still waits. */
    public String queueUrl(Promise promise) {
        return links.queue(promise);
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

    /**
     * All about a promise but its secrets.
     *
     * @param waitsFor nothing if it works, or all is done
     * @param children what it has called
     */
    public ObjectNode promise(Promise promise, Optional<WaitsFor> waitsFor, List<Promise> children) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("id", promise.id());
        node.put("number", promise.number());
        node.put("job", promise.job());
        node.put("version", promise.version());
        node.put("state", promise.state().name());
        waitsFor.ifPresent(w -> node.set("waitsFor", Json.mapper().valueToTree(w)));
        ObjectNode inputs = node.putObject("inputs");
        promise.inputs().forEach(inputs::put);
        promise.secrets().forEach(name -> inputs.put(name, "****"));
        node.put("accepted", promise.accepted().toString());
        node.put("deadline", promise.deadline().toString());
        links.queueItem(promise).ifPresent(item -> node.put("queue", item));
        promise.progress().started().ifPresent(at -> node.put("started", at.toString()));
        node.put("starts", promise.progress().starts());
        promise.settlement().ifPresent(s -> {
            node.put("settled", s.at().toString());
            node.put("reason", s.reason());
        });
        if (promise.parent() != null) {
            node.set("parent", Json.mapper().valueToTree(promise.parent()));
        }
        node.set("submitter", Json.mapper().valueToTree(promise.submitter()));
        if (promise.key() != null) {
            node.put("key", promise.key().key());
        }
        node.set("deliveries", Json.mapper().valueToTree(promise.deliveries()));
        node.set("phases", new PhasesView(links, promise, children).json());
        links(node.putObject("links"), promise);
        return node;
    }

    private void links(ObjectNode node, Promise promise) {
        node.put("self", url(promise));
        node.put("log", url(promise) + "/log");
        if (promise.parent() == null) {
            node.put("queue", queueUrl(promise));
        } else {
            node.put("parent", links.promise(promise.parent().promise()));
        }
        if (promise.state().settled()) {
            node.put("report", url(promise) + "/report");
        }
    }

    /** A promise in a list. */
    public ObjectNode line(Promise promise, Optional<WaitsFor> waitsFor) {
        ObjectNode node = accepted(promise);
        node.put("state", promise.state().name());
        node.set("submitter", Json.mapper().valueToTree(promise.submitter()));
        node.put("accepted", promise.accepted().toString());
        node.put("started", promise.progress().started().map(Instant::toString).orElse(null));
        node.put("settled", promise.settlement().map(s -> s.at().toString()).orElse(null));
        node.put("reason", promise.settlement().map(s -> s.reason()).orElse(null));
        node.put("undelivered", promise.undelivered());
        waitsFor.ifPresent(w -> node.set("waitsFor", Json.mapper().valueToTree(w)));
        return node;
    }

    /**
     * A page of a list.
     *
     * @param count how many there are in all
     * @param setAside those that cannot be read, for who may see all
     * @param waits what each waits for
     */
    public ObjectNode page(
            PromiseQuery query,
            int count,
            PromisePage page,
            List<SetAside> setAside,
            Function<Promise, Optional<WaitsFor>> waits) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("state", query.which().word());
        node.put("count", count);
        ArrayNode lines = node.putArray("promises");
        page.promises().forEach(p -> lines.add(line(p, waits.apply(p))));
        node.put("next", page.next());
        node.set("setAside", Json.mapper().valueToTree(setAside));
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
            store.paused(one.version())
                    .ifPresent(p -> line.set("paused", Json.mapper().valueToTree(p)));
        }
        node.put("submit", links.submit(job.name()));
        node.set("contract", new ContractSchema().of(job.contract()));
        return node;
    }

    /** A queue item, in Jenkins' words and shape. */
    public ObjectNode queueItem(Promise promise, Optional<WaitsFor> waitsFor) {
        boolean waiting = promise.state() == PromiseState.PENDING;
        long number = links.queueItem(promise).orElse(promise.number());
        boolean cancelled = promise.state() == PromiseState.REJECTED
                && promise.progress().started().isEmpty();
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("_class", waiting ? "hudson.model.Queue$BuildableItem" : "hudson.model.Queue$LeftItem");
        node.putArray("actions");
        node.put("blocked", false);
        node.put("buildable", waiting);
        node.put("id", number);
        node.put("inQueueSince", promise.accepted().toEpochMilli());
        node.put("stuck", false);
        ObjectNode task = node.putObject("task");
        task.put("name", promise.version());
        task.put("url", links.job(promise.version()));
        node.put("url", links.queue(promise).substring(links.root().length() + 1));
        if (waiting) {
            node.put("why", waitsFor.map(WaitsFor::detail).orElse("Waiting for next available executor"));
            return node;
        }
        node.putNull("why");
        node.put("cancelled", cancelled);
        if (cancelled) {
            node.putNull("executable");
        } else {
            ObjectNode executable = node.putObject("executable");
            executable.put("number", number);
            executable.put("url", url(promise));
        }
        return node;
    }
}
