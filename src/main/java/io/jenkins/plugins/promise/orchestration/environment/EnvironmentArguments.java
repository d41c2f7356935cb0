package io.jenkins.plugins.promise.orchestration.environment;

import io.jenkins.plugins.promise.orchestration.JsonSteps;
import io.jenkins.plugins.promise.orchestration.StepArguments;
import io.jenkins.plugins.promise.orchestration.StepException;
import java.time.Instant;
import java.util.ArrayList;
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
            if (commit != null) {
                commits.put(component.toString(), commit.toString());
            }
        });
        if (commits.isEmpty()) {
            throw new StepException(step + " needs commits: [component: commit], of at least one component");
        }
        return commits;
    }

    /** Of {@code integrate}. */
    public static EnvironmentCall integrate(Map<?, ?> plan, String environment, long fence) {
        return new EnvironmentCall.Integrate(environment, fence, json(plan));
    }

    /** Of {@code release}. */
    public static EnvironmentCall release(Map<?, ?> arguments, String environment, long fence) {
        StepArguments given = new StepArguments("release", arguments, RELEASE);
        String untested = given.text("untested");
        return new EnvironmentCall.Release(
                environment,
                fence,
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
     */
    public static EnvironmentCall told(int turn, List<?> results, String environment, long fence) {
        List<EnvironmentCall.Result> told = new ArrayList<>();
        for (Object one : results) {
            Map<?, ?> result = (Map<?, ?>) one;
            Object commit = result.get("data") instanceof Map<?, ?> data ? data.get("commit") : null;
            told.add(new EnvironmentCall.Result(
                    "SUCCESS".equals(String.valueOf(result.get("status"))),
                    String.valueOf(result.get("reason")),
                    commit == null ? null : commit.toString()));
        }
        return new EnvironmentCall.Told(environment, fence, turn, told);
    }
}
