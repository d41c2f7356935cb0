package io.jenkins.plugins.promise.environment.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.environment.Candidate;
import io.jenkins.plugins.promise.environment.Condition;
import io.jenkins.plugins.promise.environment.EnvironmentRefusal;
import io.jenkins.plugins.promise.environment.EnvironmentStatus;
import io.jenkins.plugins.promise.environment.Head;
import io.jenkins.plugins.promise.environment.Manifest;
import io.jenkins.plugins.promise.environment.book.Book;
import io.jenkins.plugins.promise.environment.steps.WorkValues;

/** What hosts answer about environments; the same on all of them. */
public final class EnvironmentView {
    private final Book book;

    /** Of what the ledger has. */
    public EnvironmentView(Book book) {
        this.book = book;
    }

    /** All environments, in their declared order. */
    public ObjectNode all() {
        ObjectNode node = Json.mapper().createObjectNode();
        ArrayNode environments = node.putArray("environments");
        book.environments().all().forEach(s -> environments.add(environment(s)));
        return node;
    }

    /** One environment: what is there, what is on its way, and what holds it up. */
    public ObjectNode environment(EnvironmentStatus status) {
        ObjectNode node =
                Json.mapper().createObjectNode().put("name", status.rules().name());
        node.set("rules", Json.mapper().valueToTree(status.rules()));
        node.set("head", head(status.head()));
        Condition condition = status.condition();
        node.set("condition", Json.mapper().valueToTree(condition));
        if (status.frozen() != null) {
            node.set("frozen", Json.mapper().valueToTree(status.frozen()));
        }
        if (status.held() != null) {
            node.set("held", Json.mapper().valueToTree(status.held()));
        }
        if (status.lease() != null) {
            node.set("lease", Json.mapper().valueToTree(status.lease()));
        }
        node.set("waiting", Json.mapper().valueToTree(status.waiting()));
        ArrayNode candidates = node.putArray("candidates");
        status.candidates().forEach(c -> candidates.add(candidate(c)));
        return node;
    }

    /** The candidates of an environment, the latest first. */
    public ObjectNode candidates(String environment, int most) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("name", book.environments().rules(environment).name());
        ArrayNode all = node.putArray("candidates");
        book.candidates().latest(environment, most).forEach(c -> all.add(candidate(c)));
        return node;
    }

    /** One of them, with what became of it. */
    public static ObjectNode candidate(Candidate candidate) {
        ObjectNode node = Json.mapper().valueToTree(WorkValues.of(candidate));
        node.set("components", Json.mapper().valueToTree(candidate.entries()));
        return node;
    }

    private ObjectNode head(Head head) {
        ObjectNode node = Json.mapper().createObjectNode().put("number", head.number());
        if (head.number() > 0) {
            node.put("manifest", head.manifest().id())
                    .put("cause", head.cause().name())
                    .put("promise", head.promise())
                    .put("at", head.at().toString());
            String id = head.manifest().id();
            book.environments()
                    .verdict(id)
                    .ifPresent(v -> node.set("verdict", Json.mapper().valueToTree(v)));
            book.environments()
                    .skipped(head.environment(), id)
                    .ifPresent(s -> node.set("override", Json.mapper().valueToTree(s)));
        }
        node.set("components", Json.mapper().valueToTree(head.manifest()));
        return node;
    }

    /** What was in an environment, the latest first. */
    public ObjectNode history(String environment, int most) {
        ObjectNode node = Json.mapper().createObjectNode().put("name", environment);
        ArrayNode heads = node.putArray("history");
        book.environments().history(environment, most).forEach(h -> heads.add(head(h)));
        return node;
    }

    /**
     * What differs between two of them.
     *
     * @param from an environment's name, or a manifest's id
     * @param to likewise
     * @throws EnvironmentRefusal if there is neither
     */
    public ObjectNode difference(String from, String to) {
        Manifest one = manifest(from);
        Manifest two = manifest(to);
        ObjectNode node = Json.mapper().createObjectNode().put("from", one.id()).put("to", two.id());
        ArrayNode differences = node.putArray("differences");
        for (Manifest.Difference difference : one.differences(two)) {
            ObjectNode told = differences.addObject().put("component", difference.component());
            if (difference.from() != null) {
                told.set("from", Json.mapper().valueToTree(difference.from()));
            }
            if (difference.to() != null) {
                told.set("to", Json.mapper().valueToTree(difference.to()));
            }
        }
        return node;
    }

    private Manifest manifest(String name) {
        return book.environments()
                .manifest(name)
                .orElseGet(() -> book.environments().status(name).head().manifest());
    }

    /** A refusal as hosts answer it. */
    public static Refused refused(EnvironmentRefusal refusal) {
        return new Refused(
                switch (refusal.why()) {
                    case UNKNOWN -> Refused.Why.UNKNOWN;
                    case INVALID -> Refused.Why.INVALID;
                    default -> Refused.Why.CONFLICT;
                },
                refusal.getMessage());
    }
}
