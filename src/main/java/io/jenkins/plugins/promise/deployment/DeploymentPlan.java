package io.jenkins.plugins.promise.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment would change.
 *
 * @param versions each version of the bundle and what becomes of it
 * @param moves the common names that come to stand for another version
 */
public record DeploymentPlan(List<Step> versions, List<Move> moves) {
    /** What becomes of a version. */
    public enum Change {
        /** It is not deployed yet. */
        NEW,
        /** It is deployed with the same content: nothing happens. */
        UNCHANGED,
        /** It is deployed with the same content, and gets another submit token. */
        NEW_TOKEN,
        /** It is deployed with other content: the deployment is refused. */
        CONFLICT
    }

    /** Copies what it is given. */
    public DeploymentPlan {
        versions = new ArrayList<>(versions);
        moves = new ArrayList<>(moves);
    }

    /** Holds what is given against what is deployed. */
    public static DeploymentPlan of(List<Deployed> given, VersionStore store) {
        List<Step> steps = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        VersionIndex index = store.index();
        for (Deployed one : given) {
            Optional<Deployed> known =
                    index.versions().containsKey(one.version()) ? store.resolve(one.version()) : Optional.empty();
            steps.add(new Step(
                    one.version(), one.name(), known.map(k -> change(k, one)).orElse(Change.NEW)));
            String from = index.latestOf(one.name()).orElse(null);
            if (!one.version().equals(from)) {
                moves.add(new Move(one.name(), from, one.version()));
            }
        }
        return new DeploymentPlan(steps, moves);
    }

    private static Change change(Deployed known, Deployed given) {
        if (!given.content().equals(known.content())) {
            return Change.CONFLICT;
        }
        // Who deploys may not have the token's variable; that takes nobody's right to submit away.
        return given.token() == null || given.token().equals(known.token()) ? Change.UNCHANGED : Change.NEW_TOKEN;
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
}
