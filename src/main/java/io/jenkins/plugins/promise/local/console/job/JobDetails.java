package io.jenkins.plugins.promise.local.console.job;

import io.jenkins.plugins.promise.contract.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of one job shows.
 *
 * @param name its common name
 * @param kind orchestration or worker
 * @param about one line for people; null for none
 * @param facts what its contract says beside inputs and outputs
 * @param outputs the JSON Schema of its report's data; null for any data
 * @param fields its form
 * @param violations what was wrong with what the form was sent with; empty for nothing, or for a form that is new
 * @param versions its versions, the latest first; empty for who does not see them
 */
public record JobDetails(
        String name,
        String kind,
        String about,
        Map<String, String> facts,
        String outputs,
        List<Field> fields,
        List<Violation> violations,
        List<VersionLine> versions) {

    /** Copies what it is given. */
    public JobDetails {
        facts = new LinkedHashMap<>(facts);
        fields = new ArrayList<>(fields);
        violations = new ArrayList<>(violations);
        versions = new ArrayList<>(versions);
    }

    /**
     * A deployed version.
     *
     * @param version its name
     * @param latest whether the common name stands for it
     * @param deployed when it was deployed; null if that is not known
     * @param used when it was last submitted or settled, or else deployed
     * @param open how many of its promises are open
     * @param older the version before it; null if there is none
     * @param uses the versions that it calls
     */
    public record VersionLine(
            String version,
            boolean latest,
            Instant deployed,
            Instant used,
            long open,
            String older,
            List<String> uses) {
        /** Copies what it is given. */
        public VersionLine {
            uses = new ArrayList<>(uses);
        }
    }
}
