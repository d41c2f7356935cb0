package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.SubmitToken;
import io.jenkins.plugins.promise.deployment.bundle.Bundle;
import io.jenkins.plugins.promise.deployment.bundle.Deployed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment would change.
 *
 * @param versions each version of the bundle and what becomes of it
 * @param moves the common names that come to stand for another version
 * @param tokens the common names that get another submit token, for all their versions
 * @param takeOvers the common names that are another suite's until then
 */
public record DeploymentPlan(List<Step> versions, List<Move> moves, List<String> tokens, List<TakeOver> takeOvers) {
    /** What becomes of a version. */
    public enum Change {
        /** It is not deployed yet, or cannot be read any more. */
        NEW,
        /** It is deployed with the same content: nothing happens. */
        UNCHANGED,
        /** It is deployed with other content: the deployment is refused. */
        CONFLICT
    }

    /** Copies what it is given. */
    public DeploymentPlan {
        versions = new ArrayList<>(versions);
        moves = new ArrayList<>(moves);
        tokens = new ArrayList<>(tokens);
        takeOvers = new ArrayList<>(takeOvers);
    }

    /**
     * Holds what is given against what is deployed.
     *
     * @param index what is deployed in {@code catalog}
     */
    static DeploymentPlan of(Bundle bundle, VersionIndex index, Catalog catalog) {
        DeploymentPlan plan = new DeploymentPlan(List.of(), List.of(), List.of(), List.of());
        for (Deployed one : bundle.versions()) {
            Optional<Deployed> known =
                    index.versions().containsKey(one.version()) ? catalog.resolve(one.version()) : Optional.empty();
            plan.versions.add(new Step(
                    one.version(), one.name(), known.map(k -> change(k, one)).orElse(Change.NEW)));
            String from = index.latestOf(one.name()).orElse(null);
            if (!one.version().equals(from)) {
                plan.moves.add(new Move(one.name(), from, one.version()));
            }
            SubmitToken token = bundle.tokens().get(one.name());
            if (token != null && !index.token(one.name()).equals(Optional.of(token))) {
                plan.tokens.add(one.name());
            }
            index.owner(one.name())
                    .filter(o -> !o.equals(bundle.suite()))
                    .ifPresent(o -> plan.takeOvers.add(new TakeOver(one.name(), o, bundle.suite())));
        }
        return plan;
    }

    private static Change change(Deployed known, Deployed given) {
        return given.content().equals(known.content()) ? Change.UNCHANGED : Change.CONFLICT;
    }

    /** The versions of that kind. */
    public List<String> of(Change change) {
        return versions.stream()
                .filter(s -> s.change() == change)
                .map(Step::version)
                .toList();
    }

    /**
     * What becomes of one version.
     *
     * @param version its name
     * @param name its common name
     * @param change what becomes of it
     */
    public record Step(String version, String name, Change change) {}

    /**
     * A common name that comes to stand for another version.
     *
     * @param name the common name
     * @param from null where it stood for none
     * @param to the version
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Move(String name, String from, String to) {}

    /**
     * A common name that becomes another suite's.
     *
     * @param name the common name
     * @param from the suite that deployed it first
     * @param to the suite that would have it
     */
    public record TakeOver(String name, String from, String to) {}
}
