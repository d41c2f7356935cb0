package io.jenkins.plugins.promise.component.generation;

import java.io.IOException;
import java.util.Map;

/** The cases of a generated suite: a drive of them needs no-op workers, for there is no such commit. */
final class Cases {
    private Cases() {}

    /** Adds the case of a job that is given these and succeeds. */
    static void add(String madeOf, String job, Map<String, String> inputs, SuiteFiles files) throws IOException {
        files.add(
                "cases/" + job + ".yaml",
                JobYaml.header("#", madeOf)
                        + "# For workers that are no-ops: there is no such commit.\n"
                        + "job: " + Quoted.yaml(job)
                        + "\ninputs: {" + RehearsalYaml.mapping(inputs)
                        + "}\nexpect: { status: SUCCESS }\n");
    }
}
