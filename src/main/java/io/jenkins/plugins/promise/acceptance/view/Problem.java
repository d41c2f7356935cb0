package io.jenkins.plugins.promise.acceptance.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.promise.contract.Refused;
import io.jenkins.plugins.promise.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * An error for a client, as RFC 9457 has it.
 *
 * @param title what kind it is
 * @param status the HTTP status
 * @param detail what is wrong and what to do
 * @param violations everything that is wrong with a submission; empty where the detail says it all
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String title, int status, String detail, List<Violation> violations) {
    /** The media type of a problem. */
    public static final String TYPE = "application/problem+json";

    /** Copies what it is given. */
    public Problem {
        violations = new ArrayList<>(violations);
    }

    /** The error that a refusal is. */
    public static Problem of(Refused refused) {
        return switch (refused.why()) {
            case INVALID -> of("Invalid request", 400, refused);
            case UNAUTHORIZED -> of("Token needed", 401, refused);
            case FORBIDDEN -> of("Not allowed", 403, refused);
            case UNKNOWN -> of("Not found", 404, refused);
            case CONFLICT -> of("Conflict", 409, refused);
            case TOO_LARGE -> of("Too large", 413, refused);
            case UNAVAILABLE -> of("Unavailable", 503, refused);
        };
    }

    private static Problem of(String title, int status, Refused refused) {
        return new Problem(title, status, refused.getMessage(), refused.violations());
    }

    /** An error of another kind. */
    public static Problem of(String title, int status, String detail) {
        return new Problem(title, status, detail, List.of());
    }
}
