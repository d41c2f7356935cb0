package io.jenkins.plugins.promise.engine;

import io.jenkins.plugins.promise.orchestration.StepException;
import java.io.Serializable;

/** What a script may read and set of its own build, under the names that Pipeline gives it. */
public final class CurrentBuild implements Serializable {
    private static final long serialVersionUID = 1;

    private final long number;
    private final String fullDisplayName;
    private final long startTimeInMillis;
    private String result;
    private String description;
    private String displayName;

    CurrentBuild(long number, String version, long startTimeInMillis) {
        this.number = number;
        this.displayName = "#" + number;
        this.fullDisplayName = version + " #" + number;
        this.startTimeInMillis = startTimeInMillis;
    }

    /** SUCCESS, UNSTABLE, FAILURE, ABORTED; null while nothing went wrong. */
    public String getResult() {
        return result;
    }

    /** Makes the result worse; it never gets better. */
    public void setResult(String worse) {
        if (result == null || rank(worse) > rank(result)) {
            result = worse;
        }
    }

    /** As {@link #getResult}, but SUCCESS while nothing went wrong. */
    public String getCurrentResult() {
        return result == null ? "SUCCESS" : result;
    }

    /** The build's number. */
    public long getNumber() {
        return number;
    }

    /** The version and the number. */
    public String getFullDisplayName() {
        return fullDisplayName;
    }

    /** When it started, in milliseconds since 1970. */
    public long getStartTimeInMillis() {
        return startTimeInMillis;
    }

    /** What people see as its name. */
    public String getDisplayName() {
        return displayName;
    }

    /** Changes what people see as its name. */
    public void setDisplayName(String name) {
        displayName = name;
    }

    /** A note for people; null for none. */
    public String getDescription() {
        return description;
    }

    /** Sets a note for people. */
    public void setDescription(String note) {
        description = note;
    }

    private static int rank(String result) {
        return switch (result) {
            case "SUCCESS" -> 0;
            case "UNSTABLE" -> 1;
            case "FAILURE" -> 2;
            case "NOT_BUILT" -> 3;
            case "ABORTED" -> 4;
            default -> throw new StepException("currentBuild.result must be SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or"
                    + " ABORTED, not '" + result + "'");
        };
    }
}
