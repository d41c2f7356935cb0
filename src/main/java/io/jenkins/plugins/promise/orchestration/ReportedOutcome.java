package io.jenkins.plugins.promise.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.promise.contract.json.Json;
import io.jenkins.plugins.promise.report.BuildResult;
import io.jenkins.plugins.promise.report.Outcome;
import io.jenkins.plugins.promise.report.ReportStatus;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an orchestration said of itself with the step {@code report}.
 *
 * @param status as it was given, or SUCCESS
 * @param reason null if none was given
 * @param data JSON text; null for none
 */
public record ReportedOutcome(ReportStatus status, String reason, String data) implements Serializable {
    private static final List<String> OPTIONS = List.of("status", "reason", "data");

    /**
     * Reads the arguments of the step {@code report}.
     *
     * @throws StepException naming the argument that is wrong, and the fix
     */
    public static ReportedOutcome of(Map<?, ?> arguments) {
        StepArguments given = new StepArguments("report", arguments, OPTIONS);
        String status = given.text("status");
        if (status != null && !status.equals("SUCCESS") && !status.equals("FAILURE")) {
            throw new StepException("report: status must be 'SUCCESS' or 'FAILURE', not '" + status + "'");
        }
        Object data = arguments.get("data");
        return new ReportedOutcome(
                status == null ? ReportStatus.SUCCESS : ReportStatus.valueOf(status),
                given.text("reason"),
                data == null ? null : ScriptValue.json(data, "report: data").toString());
    }

    /** The outcome of a build that reported nothing. */
    public static Outcome none(BuildResult result) {
        return new Outcome(result.status(), result.reason(), null, null);
    }

    /** The outcome of a build that reported this and then ended: a success that was reported does not outlive a failure. */
    public Outcome with(BuildResult result) {
        if (result.success()) {
            return new Outcome(status, reason == null ? result.reason() : reason, tree(), null);
        }
        if (status == ReportStatus.SUCCESS) {
            return new Outcome(ReportStatus.FAILURE, result.reason() + " after reporting SUCCESS", tree(), null);
        }
        return new Outcome(ReportStatus.FAILURE, reason == null ? result.reason() : reason, tree(), null);
    }

    /** The arguments that the step {@code report} knows. */
    public static List<String> options() {
        return new ArrayList<>(OPTIONS);
    }

    private JsonNode tree() {
        try {
            return data == null ? null : Json.mapper().readTree(data);
        } catch (IOException e) {
            throw new IllegalStateException("it was written by the same mapper", e);
        }
    }
}
