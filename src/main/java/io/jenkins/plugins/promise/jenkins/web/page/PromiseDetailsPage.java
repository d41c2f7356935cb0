package io.jenkins.plugins.promise.jenkins.web.page;

import hudson.model.Item;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.promise.callback.Attempt;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/** One promise's page. */
public final class PromiseDetailsPage {
    private static final String MASKED = "****";

    private final JenkinsController controller;
    private final Promise promise;
    private final Optional<Run<?, ?>> run;

    /** The page of a promise as it is now. */
    public PromiseDetailsPage(JenkinsController controller, Promise promise) {
        this.controller = controller;
        this.promise = promise;
        this.run = controller.builds().run(promise);
    }

    /** The promise as a list has it. */
    public PromiseListItem getLine() {
        return new PromiseListItem(promise, controller.dispatch());
    }

    /** When it is settled at the latest, in ISO 8601. */
    public String getDeadline() {
        return promise.deadline().toString();
    }

    /** How often its build was started. */
    public int getStarts() {
        return promise.progress().starts();
    }

    /** Whether anything is still to be done. */
    public boolean isOpen() {
        return promise.open();
    }

    /** Its report, for people to read; null while it is not settled. */
    public String getReport() throws IOException {
        Optional<byte[]> report =
                promise.state().settled() ? controller.ledger().report(promise.id()) : Optional.empty();
        return report.isEmpty()
                ? null
                : Json.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Json.mapper().readTree(report.get()));
    }

    /** Its id. */
    public String getId() {
        return promise.id();
    }

    /** Its inputs, secrets masked. */
    public Map<String, String> getInputs() {
        Map<String, String> inputs = new LinkedHashMap<>(promise.inputs());
        promise.secrets().forEach(name -> inputs.put(name, MASKED));
        return inputs;
    }

    /** The orchestration's promise that it is part of; null for a submission from outside. */
    public String getParent() {
        return promise.parent() == null ? null : promise.parent().promise();
    }

    /** Its build's URL below the controller; null while there is none. */
    public String getBuildUrl() {
        return run.map(Run::getUrl).orElse(null);
    }

    /** Its build's name; null while there is none. */
    public String getBuildName() {
        return run.map(Run::getFullDisplayName).orElse(null);
    }

    /** Whether whoever asks may cancel it now. */
    public boolean isCancellable() {
        return !promise.state().settled() && may(Item.CANCEL);
    }

    /** Whether whoever asks may have it delivered again now. */
    public boolean isRedeliverable() {
        return promise.state().settled() && !promise.deliveries().isEmpty() && may(Item.BUILD);
    }

    /** Whether whoever asks may submit its inputs once more. */
    public boolean isRepeatable() {
        return promise.parent() == null && may(Item.BUILD);
    }

    private boolean may(Permission permission) {
        return controller
                .catalog()
                .item(promise.version())
                .map(j -> j.hasPermission(permission))
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER));
    }

    /** What happened to it, in order of time. */
    public List<PromiseTimeline.Event> getEvents() {
        return new PromiseTimeline(promise).events();
    }

    /** Its deliveries. */
    public List<DeliveryLine> getDeliveries() {
        return promise.deliveries().stream().map(DeliveryLine::new).toList();
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

        /** The attempts that are kept, the latest first. */
        public List<AttemptLine> getAttempts() {
            List<Attempt> attempts = new ArrayList<>(delivery.attempts());
            Collections.reverse(attempts);
            return attempts.stream().map(AttemptLine::new).toList();
        }
    }

    /**
     * An attempt at a delivery.
     *
     * @param attempt the attempt
     */
    public record AttemptLine(Attempt attempt) {
        /** When it began, in ISO 8601. */
        public String getAt() {
            return attempt.at().toString();
        }

        /** How long it took, in milliseconds. */
        public long getMillis() {
            return attempt.millis();
        }

        /** What the receiver answered, or why none came. */
        public String getAnswer() {
            String status = attempt.status() == null ? "" : "HTTP " + attempt.status();
            String problem = attempt.problem() == null ? "" : attempt.problem();
            return status.isEmpty() || problem.isEmpty() ? status + problem : status + ": " + problem;
        }
    }
}
