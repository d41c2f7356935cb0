package io.jenkins.plugins.promise.orchestration.environment;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a step asks of an environment. It may be asked again after a restart, and is answered then as it was or would have
 * been.
 */
public sealed interface EnvironmentCall extends Serializable {
    /** The environment that is asked. */
    String environment();

    /**
     * The lease; it is waited for.
     *
     * @param since since when
     */
    record Take(String environment, Instant since) implements EnvironmentCall {}

    /** The end of a lease. */
    record GiveBack(String environment, long fence) implements EnvironmentCall {}

    /**
     * The approval of a manifest; it is waited for.
     *
     * @param manifest its id
     * @param since since when
     */
    record Approval(String environment, String manifest, Instant since) implements EnvironmentCall {}

    /**
     * A candidate of these commits.
     *
     * @param commits by component
     */
    record Submit(String environment, Map<String, String> commits) implements EnvironmentCall {
        /** Copies what it is given. */
        public Submit {
            commits = new TreeMap<>(commits);
        }
    }

    /**
     * What became of a candidate.
     *
     * @param number its number
     */
    record Look(String environment, long number) implements EnvironmentCall {}

    /**
     * The manifest that the environment has with these commits.
     *
     * @param commits by component
     */
    record Compose(String environment, Map<String, String> commits) implements EnvironmentCall {
        /** Copies what it is given. */
        public Compose {
            commits = new TreeMap<>(commits);
        }
    }

    /**
     * The beginning of a test of the next candidate, or where it stands.
     *
     * @param plan how the components hang together, as JSON
     */
    record Integrate(String environment, long fence, String plan) implements EnvironmentCall {}

    /**
     * The beginning of a release, or where it stands.
     *
     * @param manifest its id
     * @param plan how the components hang together, as JSON
     * @param rollback whether the manifest is one that was there before
     * @param untested why it need not have passed; null if it must
     */
    record Release(String environment, long fence, String manifest, String plan, boolean rollback, String untested)
            implements EnvironmentCall {}

    /**
     * How it goes on after what was to be done was done, or not.
     *
     * @param turn which turn it was
     * @param results of its acts, in their order
     */
    record Told(String environment, long fence, int turn, List<Result> results) implements EnvironmentCall {
        /** Copies what it is given. */
        public Told {
            results = new ArrayList<>(results);
        }
    }

    /**
     * What a worker made of an act.
     *
     * @param ok whether it succeeded
     * @param reason the report's
     * @param commit what its data name as {@code commit}; null for nothing
     */
    record Result(boolean ok, String reason, String commit) implements Serializable {}
}
