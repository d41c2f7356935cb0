package io.jenkins.plugins.promise.jenkins.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.promise.acceptance.view.PromiseView;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.jenkins.build.JenkinsBuilds;
import io.jenkins.plugins.promise.ledger.promise.PhaseRecord;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** One promise: its page, its JSON, its report, and what may be done with it. */
public final class PromiseDetailsPage {
    private static final String MASKED = "****";

    private final JenkinsController controller;
    private final String id;

    PromiseDetailsPage(JenkinsController controller, String id) {
        this.controller = controller;
        this.id = id;
    }

    private static PromiseView view() {
        return new PromiseView(JenkinsBuilds.links());
    }

    private ObjectNode told(Promise promise) {
        return view().promise(
                        promise,
                        controller.dispatch().waitsFor(promise),
                        controller.ledger().lists().children(promise.id()));
    }

    private Promise admitted(StaplerRequest2 request, Permission permission) throws Refused {
        if (!controller.dispatching()) {
            throw new Refused(Refused.Why.UNAVAILABLE, Messages.JenkinsController_NotOpen());
        }
        return new Access(controller).promise(id, request, permission);
    }

    /** The page for a browser, JSON for others. */
    HttpResponse told(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            if (PromisesRootAction.wantsPage(request) && Jenkins.get().hasPermission(Jenkins.READ)) {
                return HttpResponses.forwardToView(this, "page");
            }
            ObjectNode node = told(promise);
            ObjectNode links = (ObjectNode) node.get("links");
            links.remove("log");
            controller
                    .builds()
                    .run(promise)
                    .ifPresent(run -> links.put("build", JenkinsBuilds.baseUrl() + "/" + run.getUrl()));
            return Answer.json(200, node);
        });
    }

    /** The report that settled it. */
    HttpResponse report(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            Optional<byte[]> report =
                    promise.state().settled() ? controller.ledger().report(id) : Optional.empty();
            return Answer.json(
                    200,
                    report.orElseThrow(() -> new Refused(
                            Refused.Why.UNKNOWN, "the promise is not settled yet; it is " + promise.state())));
        });
    }

    /** Whether it still waits, as a Jenkins queue item tells it. */
    HttpResponse queue(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.READ);
            ObjectNode item = view().queueItem(promise, controller.dispatch().waitsFor(promise));
            controller.builds().run(promise).ifPresent(run -> item.putObject("executable")
                    .put("number", run.getNumber())
                    .put("url", JenkinsBuilds.baseUrl() + "/" + run.getUrl()));
            return Answer.json(200, item);
        });
    }

    /** Cancels it. */
    HttpResponse cancel(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            admitted(request, Item.CANCEL);
            controller.promises().cancel(id, Jenkins.getAuthentication2().getName());
            return done(request, 200, told(controller.promises().find(id)));
        });
    }

    /** Sends its reports again. */
    HttpResponse redeliver(StaplerRequest2 request) throws IOException {
        return Answer.of(() -> {
            Promise promise = admitted(request, Item.BUILD);
            int count = controller.promises().redeliver(id);
            ObjectNode node = Json.mapper().createObjectNode();
            node.put("deliveries", count);
            node.put("status", view().url(promise));
            return done(request, 202, node);
        });
    }

    private HttpResponse done(StaplerRequest2 request, int status, ObjectNode node) {
        return PromisesRootAction.wantsPage(request)
                ? HttpResponses.redirectViaContextPath(PromisesRootAction.URL + "/" + id)
                : Answer.json(status, node);
    }

    private Promise promise() throws Refused {
        return controller.promises().find(id);
    }

    /** The promise as a list has it. */
    public PromiseListItem getLine() throws Refused {
        return new PromiseListItem(promise(), controller.dispatch());
    }

    /** Since when it waits for that, in ISO 8601; null if it waits for nothing. */
    public String getWaitsSince() throws Refused {
        return controller
                .dispatch()
                .waitsFor(promise())
                .map(w -> w.since().toString())
                .orElse(null);
    }

    /** Its id. */
    public String getId() {
        return id;
    }

    /** Its inputs, secrets masked. */
    public Map<String, String> getInputs() throws Refused {
        Map<String, String> inputs = new LinkedHashMap<>(promise().inputs());
        promise().secrets().forEach(name -> inputs.put(name, MASKED));
        return inputs;
    }

    /** The orchestration's promise that it is part of; null for a submission from outside. */
    public String getParent() throws Refused {
        return promise().parent() == null ? null : promise().parent().promise();
    }

    /** Its build's URL below the controller; null while there is none. */
    public String getBuildUrl() throws Refused {
        return controller.builds().run(promise()).map(Run::getUrl).orElse(null);
    }

    /** Its build's name; null while there is none. */
    public String getBuildName() throws Refused {
        return controller.builds().run(promise()).map(Run::getFullDisplayName).orElse(null);
    }

    /** Whether whoever asks may cancel it now. */
    public boolean isCancellable() throws Refused {
        return !promise().state().settled() && may(Item.CANCEL);
    }

    /** Whether whoever asks may have it delivered again now. */
    public boolean isRedeliverable() throws Refused {
        return promise().state().settled() && !promise().deliveries().isEmpty() && may(Item.BUILD);
    }

    private boolean may(Permission permission) throws Refused {
        return controller
                .catalog()
                .item(promise().version())
                .map(j -> j.hasPermission(permission))
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    /** Its phases, in their order. */
    public List<PhaseRecord> getPhases() throws Refused {
        return promise().phases().stream()
                .sorted(Comparator.comparingInt(PhaseRecord::number))
                .toList();
    }

    /** What happened to it, in order of time. */
    public List<PromiseTimeline.Event> getEvents() throws Refused {
        return new PromiseTimeline(promise()).events();
    }

    /** Its deliveries. */
    public List<DeliveryLine> getDeliveries() throws Refused {
        return promise().deliveries().stream().map(DeliveryLine::new).toList();
    }

    /**
     * A delivery in a table.
     *
     * @param delivery the delivery
     */
    public record DeliveryLine(Delivery delivery) {
        /** The callback's input. */
        public String getInput() {
            return delivery.input();
        }

        /** Report or registration. */
        public String getReceives() {
            return delivery.receives().keyword();
        }

        /** Where to, to be shown as text. */
        public String getUrl() {
            return delivery.url().toString();
        }

        /** WAITING, DELIVERED or GIVEN_UP. */
        public String getState() {
            return delivery.state().name();
        }

        /** How many attempts were made. */
        public int getTries() {
            return delivery.tries();
        }

        /** When the next attempt is due, in ISO 8601; empty for never. */
        public String getNext() {
            return delivery.next() == null ? "" : delivery.next().toString();
        }

        /** Why the latest attempt failed; empty if it did not. */
        public String getProblem() {
            List<Attempt> attempts = delivery.attempts();
            String problem = attempts.isEmpty()
                    ? null
                    : attempts.get(attempts.size() - 1).problem();
            return problem == null ? "" : problem;
        }
    }
}
