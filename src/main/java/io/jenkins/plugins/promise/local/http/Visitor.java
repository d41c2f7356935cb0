package io.jenkins.plugins.promise.local.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Who looks at a controller.
 *
 * @param operator whether everything is theirs
 * @param jobs the common names of the jobs that their token opens; empty for the operator, who needs none
 */
public record Visitor(boolean operator, List<String> jobs) {
    /** Whoever runs the controller. */
    public static final Visitor OPERATOR = new Visitor(true, List.of());

    /** Copies what it is given. */
    public Visitor {
        jobs = new ArrayList<>(jobs);
    }

    /** Whether a job's promises are theirs to see and handle. */
    public boolean opens(String job) {
        return operator || jobs.contains(job);
    }
}
