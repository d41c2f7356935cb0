package io.jenkins.plugins.promise.jenkins.web.page;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import hudson.Util;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.acceptance.WaitsFor;
import io.jenkins.plugins.promise.callback.Delivery;
import io.jenkins.plugins.promise.callback.DeliveryState;
import io.jenkins.plugins.promise.jenkins.JenkinsController;
import io.jenkins.plugins.promise.jenkins.Messages;
import io.jenkins.plugins.promise.ledger.promise.Progress;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.Submitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A promise in a list. */
public final class PromiseListItem {
    private static final String EXECUTOR = "executor";

    private final Promise promise;
    /** Asked once for a page: it may cost a query. */
    private final Supplier<Optional<WaitsFor>> waitsFor;

    /** The promise of that id as this controller knows it; nothing if it is kept no more, or the ledger is not open. */
    public static Optional<PromiseListItem> find(String id) {
        JenkinsController controller = JenkinsController.get();
        return controller.dispatching()
                ? controller.ledger().find(id).map(p -> new PromiseListItem(p, controller.dispatch()))
                : Optional.empty();
    }

    PromiseListItem(Promise promise, Dispatch dispatch) {
        this.promise = promise;
        this.waitsFor = Suppliers.memoize(() -> dispatch.waitsFor(promise));
    }

    /** Its id. */
    public String getId() {
        return promise.id();
    }

    /** Its job's common name. */
    public String getJob() {
        return promise.job();
    }

    /** The version that serves it. */
    public String getVersion() {
        return promise.version();
    }

    /** Who or what submitted it, for people. */
    public String getSubmitter() {
        Submitter submitter = promise.submitter();
        String name = submitter.name();
        return switch (submitter.kind()) {
            case USER -> name;
            case TOKEN -> name == null ? Messages.PromiseListItem_Token() : Messages.PromiseListItem_TokenFrom(name);
            case OPERATOR -> Messages.PromiseListItem_Operator();
            case UPSTREAM -> promise.parent() == null
                    ? Messages.PromiseListItem_Build(name)
                    : Messages.PromiseListItem_Orchestration(promise.parent().promise());
            case TIMER -> Messages.PromiseListItem_Timer();
            case UNKNOWN -> name == null ? Messages.PromiseListItem_Unknown() : name;
        };
    }

    /** PENDING, RUNNING, FULFILLED or REJECTED. */
    public String getState() {
        return promise.state().name();
    }

    /** Why it ended; null while it has not. */
    public String getReason() {
        return promise.settlement().map(Progress.Settled::reason).orElse(null);
    }

    /** What it waits for, in a sentence; null if it works, or all is done. */
    public String getWaitsFor() {
        return waitsFor.get().map(WaitsFor::detail).orElse(null);
    }

    /** Since when it waits for that, in ISO 8601; null if it waits for nothing. */
    public String getWaitsSince() {
        return waitsFor.get().map(w -> w.since().toString()).orElse(null);
    }

    /** Whether what it waits for does not come by itself. */
    public boolean isStuck() {
        return waitsFor.get().filter(WaitsFor::stuck).isPresent();
    }

    /** Whether a delivery of it was given up. */
    public boolean isUndelivered() {
        return promise.undelivered();
    }

    /** Whether its report can be sent again. */
    public boolean isRedeliverable() {
        return promise.state().settled() && !promise.deliveries().isEmpty();
    }

    /** Whether nodes are what it waits for. */
    public boolean isWaitingForNodes() {
        return waitsFor.get().filter(w -> w.what().equals(EXECUTOR)).isPresent();
    }

    /** When it was accepted, in ISO 8601. */
    public String getAccepted() {
        return promise.accepted().toString();
    }

    /** From accepted to settled, or to now, for people. */
    public String getTook() {
        Instant end = promise.settlement().map(Progress.Settled::at).orElseGet(Instant::now);
        return Util.getTimeSpanString(Duration.between(promise.accepted(), end).toMillis());
    }

    /** How its deliveries stand, for people. */
    public String getDeliveries() {
        long delivered = promise.deliveries().stream()
                .filter(d -> d.state() == DeliveryState.DELIVERED)
                .count();
        int tries = promise.deliveries().stream().mapToInt(Delivery::tries).sum();
        return promise.deliveries().isEmpty()
                ? Messages.PromiseListItem_NoCallbacks()
                : Messages.PromiseListItem_Delivered(
                        delivered, promise.deliveries().size(), tries);
    }
}
