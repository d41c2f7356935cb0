package io.jenkins.plugins.promise.orchestration.environment;

import io.jenkins.plugins.promise.orchestration.JsonSteps;
import io.jenkins.plugins.promise.orchestration.StepArguments;
import io.jenkins.plugins.promise.orchestration.StepException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the arguments of the steps about environments; each method fails with a {@link StepException} that tells the fix. */
public final class EnvironmentArguments {
    private static final List<String> APPROVAL = List.of("environment", "manifest");
    private static final List<String> CANDIDATE = List.of("environment", "commits", "number");
    private static final List<String> MANIFEST = List.of("environment", "commits");
    private static final List<String> RELEASE = List.of("manifest", "plan", "rollback", "untested");
    private static final Map<String, List<String>> ALL = new TreeMap<>(Map.of(
            "environment", List.of("name"),
            "approval", APPROVAL,
            "candidate", CANDIDATE,
            "manifest", MANIFEST,
            "release", RELEASE));

    private EnvironmentArguments() {}

    /** The arguments of each of the steps that has named ones. */
    public static Map<String, List<String>> steps() {
        return new TreeMap<>(ALL);
    }

    /**
     * Of {@code environment}.
     *
     * @param taken the environments that the script has already, or waits for
     */
    public static EnvironmentCall take(String environment, Collection<String> taken, Instant now) {
        if (taken.contains(environment)) {
            throw new StepException("this script has the environment '" + environment
                    + "' already, or waits for it; let one environment('" + environment
                    + "') { … } end before the next");
        }
        return new EnvironmentCall.Take(environment, now);
    }

    /** Of {@code approval}. */
    public static EnvironmentCall approval(Map<?, ?> arguments, Instant now) {
        StepArguments given = new StepArguments("approval", arguments, APPROVAL);
        return new EnvironmentCall.Approval(given.required("environment"), given.required("manifest"), now);
    }

    /** Of {@code candidate}: one is made of commits, or looked at by its number. */
    public static EnvironmentCall candidate(Map<?, ?> arguments) {
        StepArguments given = new StepArguments("candidate", arguments, CANDIDATE);
        String environment = given.required("environment");
        if ((arguments.get("commits") == null) == (arguments.get("number") == null)) {
            throw new StepException(
                    "candidate needs commits: [component: commit], or the number: of one that there is");
        }
        return arguments.get("number") instanceof Number number
                ? new EnvironmentCall.Look(environment, number.longValue())
                : new EnvironmentCall.Submit(environment, commits("candidate", given));
    }

    /** Of {@code manifest}. */
    public static EnvironmentCall manifest(Map<?, ?> arguments) {
        StepArguments given = new StepArguments("manifest", arguments, MANIFEST);
        return new EnvironmentCall.Compose(given.required("environment"), commits("manifest", given));
    }

    private static Map<String, String> commits(String step, StepArguments given) {
        Map<String, String> commits = new TreeMap<>();
        given.map("commits").forEach((component, commit) -> {
            if (commit != null && commit.toString().isBlank()) {
                throw new StepException(step + ": the commit of " + component + " is empty");
            }
            if (commit != null) {
                commits.put(component.toString(), commit.toString());
            }
        });
        if (commits.isEmpty()) {
            throw new StepException(step + " needs commits: [component: commit], of at least one component");
        }
        return commits;
    }

    /**
     * Of {@code integrate}.
     *
     * @param lease the innermost that the script has; null for none
     */
    public static EnvironmentCall integrate(Map<?, ?> plan, HeldLease lease) {
        HeldLease held = needed(lease, "integrate");
        return new EnvironmentCall.Integrate(held.environment(), held.fence(), json(plan));
    }

    private static HeldLease needed(HeldLease lease, String step) {
        if (lease == null) {
            throw new StepException(step + " stands in the body of environment('…') { … }, whose lease it needs");
        }
        return lease;
    }

    /**
     * Of {@code release}.
     *
     * @param lease the innermost that the script has; null for none
     */
    public static EnvironmentCall release(Map<?, ?> arguments, HeldLease lease) {
        HeldLease held = needed(lease, "release");
        StepArguments given = new StepArguments("release", arguments, RELEASE);
        String untested = given.text("untested");
        return new EnvironmentCall.Release(
                held.environment(),
                held.fence(),
                given.required("manifest"),
                json(given.map("plan")),
                given.flag("rollback", false),
                untested == null || untested.isBlank() ? null : untested);
    }

    private static String json(Map<?, ?> plan) {
        return JsonSteps.write(Map.of("json", plan, "returnText", true));
    }

    /**
     * What workers made of the acts of a turn.
     *
     * @param results as a phase returns them, in the order of the acts
     * @param lease the innermost that the script has; null for none
     */
    public static EnvironmentCall told(int turn, List<?> results, HeldLease lease) {
        HeldLease held = needed(lease, "its work");
        List<EnvironmentCall.Result> told = new ArrayList<>();
        for (Object one : results) {
            Map<?, ?> result = (Map<?, ?>) one;
            Object commit = result.get("data") instanceof Map<?, ?> data ? data.get("commit") : null;
            told.add(new EnvironmentCall.Result(
                    "SUCCESS".equals(String.valueOf(result.get("status"))),
                    String.valueOf(result.get("reason")),
                    commit == null ? null : commit.toString()));
        }
        return new EnvironmentCall.Told(held.environment(), held.fence(), turn, told);
    }

    /**
     * Whether the body of {@code integrate} or {@code release} has declared what does an act.
     *
     * @param act as the body was given it
     * @param acts how many acts it was given so far, that one among them
     * @param workers how many workers are declared by now
     */
    public static void declared(Map<?, ?> act, int acts, int workers) {
        if (workers != acts) {
            throw new StepException("for each act the body declares one worker; for " + act.get("kind") + " of "
                    + act.get("component") + " it does not");
        }
    }
}
