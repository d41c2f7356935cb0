package io.jenkins.plugins.promise.acceptance.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.acceptance.Dispatch;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.deployment.BrokenVersion;
import io.jenkins.plugins.promise.ledger.Ledger;
import io.jenkins.plugins.promise.ledger.promise.Promise;
import io.jenkins.plugins.promise.ledger.promise.SetAside;
import java.util.List;
import java.util.function.Predicate;

/** What needs a person, as JSON: whoever reads a page of a list can read it too. */
public final class AttentionView {
    private static final int MOST = 100;

    private final Ledger ledger;
    private final Dispatch dispatch;
    private final PromiseView view;

    /** Of the promises of a ledger, of which those that wait are dispatched by that. */
    public AttentionView(Ledger ledger, Dispatch dispatch, PromiseView view) {
        this.ledger = ledger;
        this.dispatch = dispatch;
        this.view = view;
    }

    /**
     * First what is stuck, the longest first, then what was given up.
     *
     * @param job a common name; null for all
     * @param seen whether whoever asks may see a promise
     * @param setAside promises that cannot be read, for who may see all
     * @param broken versions that cannot be read, for who may see all
     */
    public ObjectNode json(String job, Predicate<Promise> seen, List<SetAside> setAside, List<BrokenVersion> broken) {
        ObjectNode node = Json.mapper().createObjectNode();
        ArrayNode lines = node.putArray("promises");
        new NeedsAttention(ledger, dispatch)
                .found(job, MOST).stream()
                        .filter(n -> seen.test(n.promise()))
                        .forEach(n -> lines.add(view.line(n.promise(), dispatch.waitsFor(n.promise()))
                                .put("stuck", n.stuck())));
        node.put("count", lines.size());
        node.set("setAside", Json.mapper().valueToTree(setAside));
        node.set("broken", Json.mapper().valueToTree(broken));
        return node;
    }
}
